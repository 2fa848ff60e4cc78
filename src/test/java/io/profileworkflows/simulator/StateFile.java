package io.profileworkflows.simulator;

import java.io.FileOutputStream;
import java.io.IOException;
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
	 * A stream and not a channel: a channel is closed by the interrupt that ends a call.
	 */
	private final FileOutputStream out;

	private StateFile(Path path, FileOutputStream out) {
		this.path = path;
		this.out = out;
	}

	static StateFile open(Path path) {
		try {
			var directory = path.toAbsolutePath().getParent();
			if (directory != null) {
				Files.createDirectories(directory);
			}
			var file = new StateFile(path, new FileOutputStream(path.toFile(), true));
			file.lock();
			return file;
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot write the state file %s".formatted(path), failure);
		}
	}

	private void lock() throws IOException {
		try {
			if (out.getChannel().tryLock() != null) {
				return;
			}
		}
		catch (OverlappingFileLockException heldByThisProcess) {
			// the same answer as when another process holds it
		}
		out.close();
		throw new IllegalStateException("The state file %s is in use by another simulator".formatted(path));
	}

	void replay(Consumer<JsonNode> change) {
		try {
			var content = Files.readAllBytes(path);
			var whole = content.length;
			while (whole > 0 && content[whole - 1] != '\n') {
				whole--;
			}
			out.getChannel().truncate(whole);
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
		catch (JacksonException unreadable) {
			throw new IllegalStateException("Line %d of the state file %s is not JSON".formatted(number, path),
					unreadable);
		}
	}

	void append(JsonNode change) {
		try {
			out.write((Json.MAPPER.writeValueAsString(change) + "\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot write the state file %s".formatted(path), failure);
		}
	}

	void clear() {
		try {
			out.getChannel().truncate(0);
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot clear the state file %s".formatted(path), failure);
		}
	}

	@Override
	public void close() {
		try {
			out.close();
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot close the state file %s".formatted(path), failure);
		}
	}

}
