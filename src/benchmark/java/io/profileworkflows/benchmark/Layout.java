package io.profileworkflows.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import io.profileworkflows.image.Image;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was packaged, laid out and trained as in the image, once for all benchmarks of a
 * run.
 */
final class Layout {

	private static final Path RUN_ARGUMENTS = Path.of("image", "run.args").toAbsolutePath();

	/** One that is there already, to save the training. */
	private static final String GIVEN = System.getProperty("benchmark.layout", "");

	private static final Path DIRECTORY = Path.of("target", "benchmark", "application").toAbsolutePath();

	private static Optional<Image> made = Optional.empty();

	private Layout() {
	}

	static synchronized Image made() throws IOException, InterruptedException {
		if (made.isEmpty()) {
			made = Optional.of(new Image(GIVEN.isEmpty() ? make() : Path.of(GIVEN).toAbsolutePath(), RUN_ARGUMENTS));
		}
		return made.get();
	}

	/** The jar where it was packaged. */
	static Image plain() {
		return new Image(Path.of("target").toAbsolutePath(), RUN_ARGUMENTS);
	}

	private static Path make() throws IOException, InterruptedException {
		FileSystemUtils.deleteRecursively(DIRECTORY);
		var script = new ProcessBuilder("image/layout", DIRECTORY.toString()).inheritIO();
		// a cache fits the JVM that filled it
		script.environment().put("JAVA_HOME", System.getProperty("java.home"));
		if (Rounds.SHORT) {
			script.environment().put("TRAINING_WORKFLOWS", "100");
		}
		assertThat(script.start().waitFor()).as("exit of image/layout").isZero();
		return DIRECTORY;
	}

}
