package io.profileworkflows.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Feeds one part of the service with changed and joined inputs for some seconds, and with
 * {@code -Psoak} for minutes. It does not look at what of the code an input reaches. Each
 * input may take only so much of a processor. One that is found stays as a file below
 * {@code hostile/}, which is fed first.
 */
public final class HostileBytes {

	private static final Duration MOST_CPU = Duration.ofSeconds(3);

	private static final Duration TIME = Boolean.getBoolean("soak") ? Duration.ofMinutes(5) : Duration.ofSeconds(2);

	private static final int LONGEST = 60_000;

	private final List<byte[]> seeds = new ArrayList<>();

	private final List<byte[]> words;

	private final long seed = Long.getLong("hostile.seed", System.nanoTime());

	private final Random random = new Random(seed);

	/**
	 * @param name of the folder with inputs that were found
	 * @param words that inputs are made of
	 */
	public HostileBytes(String name, List<String> seeds, List<String> words) {
		var folder = HostileBytes.class.getResource("/hostile/" + name);
		if (folder != null) {
			addFiles(Path.of(folder.getPath()));
		}
		seeds.forEach(text -> this.seeds.add(text.getBytes(StandardCharsets.UTF_8)));
		this.words = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
	}

	private void addFiles(Path folder) {
		try (var files = Files.list(folder)) {
			for (var file : files.sorted().toList()) {
				seeds.add(Files.readAllBytes(file));
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Feeds each seed as it is, and then what can be made of them. */
	public void feed(Eater eater) {
		for (var input : seeds) {
			feed(input, eater);
		}
		var begin = System.nanoTime();
		while (System.nanoTime() - begin < TIME.toNanos()) {
			var input = anySeed();
			for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
				input = changed(input);
			}
			feed((input.length > LONGEST) ? Arrays.copyOf(input, LONGEST) : input, eater);
		}
	}

	private void feed(byte[] input, Eater eater) {
		var processors = ManagementFactory.getThreadMXBean();
		var begin = processors.getCurrentThreadCpuTime();
		try {
			eater.eat(input);
		}
		catch (Exception | StackOverflowError failure) {
			throw new AssertionError(found(input), failure);
		}
		if (processors.getCurrentThreadCpuTime() - begin > MOST_CPU.toNanos()) {
			throw new AssertionError("Too much time of a processor: " + found(input));
		}
	}

	private String found(byte[] input) {
		return "-Dhostile.seed=%d, in Base64: %s".formatted(seed, Base64.getEncoder().encodeToString(input));
	}

	private byte[] anySeed() {
		return seeds.get(random.nextInt(seeds.size()));
	}

	private byte[] changed(byte[] input) {
		var from = random.nextInt(input.length + 1);
		var to = random.nextInt(from, input.length + 1);
		return switch (random.nextInt(7)) {
			case 0 -> replaced(input, from, to, new byte[0]);
			case 1 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
			case 2 -> replaced(input, from, to, repeated(Arrays.copyOfRange(input, from, Math.min(to, from + 20))));
			case 3 ->
				replaced(input, from, Math.min(input.length, from + 1), new byte[] { (byte) random.nextInt(256) });
			case 4 -> replaced(input, from, from, words.get(random.nextInt(words.size())));
			case 5 -> replaced(input, from, from, repeated(words.get(random.nextInt(words.size()))));
			default -> {
				var other = anySeed();
				yield replaced(input, from, to, Arrays.copyOf(other, random.nextInt(other.length + 1)));
			}
		};
	}

	private byte[] repeated(byte[] part) {
		var all = new ByteArrayOutputStream();
		for (int times = 1 << random.nextInt(15); times > 0 && all.size() < LONGEST; times--) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	private static byte[] replaced(byte[] input, int from, int to, byte[] part) {
		var all = new ByteArrayOutputStream();
		all.write(input, 0, from);
		all.writeBytes(part);
		all.write(input, to, input.length - to);
		return all.toByteArray();
	}

	/**
	 * The part of the service that is fed.
	 */
	@FunctionalInterface
	public interface Eater {

		/**
		 * @throws Exception that it may not throw
		 */
		void eat(byte[] input) throws Exception;

	}

}
