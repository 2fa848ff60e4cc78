package io.profileworkflows.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A file system of its own, in memory, which a test may fill.
 */
record SmallDisk(Path path) implements AutoCloseable {

	private static final String SIZE = "400m";

	/** Skips the test where nothing can be mounted. */
	static SmallDisk mount(Path path) throws IOException {
		Files.createDirectories(path);
		assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", path.toString()))
			.as("the exit code of mount, which takes the rights of an administrator")
			.isZero();
		// PostgreSQL does not run as root
		path.toFile().setWritable(true, false);
		path.toFile().setExecutable(true, false);
		path.toFile().setReadable(true, false);
		return new SmallDisk(path);
	}

	private static int run(String... command) {
		try {
			return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
		}
		catch (IOException _) {
			return -1;
		}
	}

	@Override
	public void close() {
		if (run("umount", path.toString()) != 0) {
			run("umount", "-l", path.toString());
		}
	}

}
