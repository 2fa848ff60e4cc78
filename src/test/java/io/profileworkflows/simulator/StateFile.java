package io.profileworkflows.simulator;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A line of JSON for each change, written before the change is answered. A process killed
 * in the middle of a line leaves a torn one at the end, which nobody was told of: it is
 * cut off.
 */
final class StateFile implements AutoCloseable {

	private final Path path;

	/*
	 * Not its channel, which the interrupt that ends a call would close; and the only way
	 * to the file, since closing another one would give up the lock.
	 */
	private final RandomAccessFile file;

	private StateFile(Path path, RandomAccessFile file) {
		this.path = path;
		this.file = file;
	}

	static StateFile open(Path path) {
		try {
			var directory = path.toAbsolutePath().getParent();
			if (directory != null) {
				Files.createDirectories(directory);
			}
			var stateFile = new StateFile(path, new RandomAccessFile(path.toFile(), "rw"));
			stateFile.lock();
			return stateFile;
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot write the state file %s".formatted(path), failure);
		}
	}

	private void lock() throws IOException {
		try {
			if (file.getChannel().tryLock() != null) {
				return;
			}
		}
		catch (OverlappingFileLockException _) {
			// the same answer as when another process holds it
		}
		file.close();
		throw new IllegalStateException("The state file %s is in use by another simulator".formatted(path));
	}

	void replay(Consumer<JsonNode> change) {
		try {
			var content = new byte[(int) file.length()];
			file.readFully(content);
			var whole = content.length;
			while (whole > 0 && content[whole - 1] != '\n') {
				whole--;
			}
			file.setLength(whole);
			file.seek(whole);
			var number = 0;
			for (var line : new String(content, 0, whole, StandardCharsets.UTF_8).lines().toList()) {
				number++;
				change.accept(parse(line, number));
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot read the state file %s".formatted(path), failure);
		}
	}

	private JsonNode parse(String line, int number) {
		try {
			return Json.MAPPER.readTree(line);
		}
		catch (JacksonException failure) {
			throw new IllegalStateException("Line %s of the state file %s is not JSON".formatted(number, path),
					failure);
		}
	}

	void append(JsonNode change) {
		try {
			file.write((Json.MAPPER.writeValueAsString(change) + "\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot write the state file %s".formatted(path), failure);
		}
	}

	void clear() {
		try {
			file.setLength(0);
			file.seek(0);
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot clear the state file %s".formatted(path), failure);
		}
	}

	@Override
	public void close() {
		try {
			file.close();
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot close the state file %s".formatted(path), failure);
		}
	}

}
