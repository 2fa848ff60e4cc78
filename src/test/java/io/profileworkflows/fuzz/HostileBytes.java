package io.profileworkflows.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One part of the service that reads what a caller sends, and inputs that nobody would
 * send it.
 *
 * @param name of the folder below {@code hostile/} with inputs that were found to fail
 * once
 * @param part throws if it fails, and does nothing else than read
 * @param seeds inputs to begin with
 * @param words that inputs are made of
 */
public record HostileBytes(String name, Consumer<byte[]> part, List<String> seeds, List<String> words) {

	/** What one input may take of a processor. */
	private static final Duration MOST_CPU = Duration.ofSeconds(3);

	/** Feeds it, and fails if the input takes too much of a processor. */
	void feed(byte[] input) {
		var processors = ManagementFactory.getThreadMXBean();
		var begin = processors.getCurrentThreadCpuTime();
		part.accept(input);
		if (processors.getCurrentThreadCpuTime() - begin > MOST_CPU.toNanos()) {
			throw new AssertionError("Too much time of a processor");
		}
	}

	/** The seeds, and the inputs that were found. */
	List<byte[]> known() throws IOException {
		var texts = seeds.stream().map(text -> text.getBytes(StandardCharsets.UTF_8));
		var folder = HostileBytes.class.getResource("/hostile/" + name);
		if (folder == null) {
			return texts.toList();
		}
		try (var files = Files.list(Path.of(folder.getPath()))) {
			return Stream.concat(texts, files.sorted().map(HostileBytes::read)).toList();
		}
	}

	private static byte[] read(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException failure) {
			throw new IllegalStateException(failure);
		}
	}

}
