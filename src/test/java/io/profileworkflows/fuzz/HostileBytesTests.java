package io.profileworkflows.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jazzer feeds what reads a caller's bytes: it sees which code an input reaches, and
 * changes the inputs that reach something new. An input that fails is kept as a file in
 * {@code src/test/resources/hostile/<name>}, which each run feeds first.
 */
@OnTheSide
class HostileBytesTests {

	/** What is instrumented: our code, and what reads for it. */
	private static final String INSTRUMENTED = String.join(":", "io.profileworkflows.**", "tools.jackson.core.**",
			"org.snakeyaml.engine.**", "com.nimbusds.jwt.**");

	private static final int LONGEST = 60_000;

	static Stream<String> parts() {
		return HostileTarget.PARTS.stream().map(HostileBytes::name);
	}

	/** In this process, where a failure is easy to look at. */
	@ParameterizedTest
	@MethodSource("parts")
	void readsOrRefusesWhatIsKnown(String name) throws IOException {
		var part = HostileTarget.named(name);
		for (var input : part.known()) {
			part.feed(input);
		}
	}

	@Test
	void readsOrRefusesWhatIsFoundInSeconds() throws Exception {
		var seeds = new ArrayList<byte[]>();
		for (var number = 0; number < HostileTarget.PARTS.size(); number++) {
			for (var input : HostileTarget.PARTS.get(number).known()) {
				var seed = new ByteArrayOutputStream();
				seed.write(number);
				seed.writeBytes(input);
				seeds.add(seed.toByteArray());
			}
		}
		var words = HostileTarget.PARTS.stream().flatMap(part -> part.words().stream()).distinct().toList();

		search("", seeds, words, "-runs=4000", Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@MethodSource("parts")
	@EnabledIfSystemProperty(named = "soak", matches = "true")
	void readsOrRefusesWhatIsFoundInMinutes(String name) throws Exception {
		var part = HostileTarget.named(name);

		search(name, part.known(), part.words(), "-runs=-1", Duration.ofMinutes(5));
	}

	private static void search(String part, List<byte[]> seeds, List<String> words, String runs, Duration time)
			throws IOException, InterruptedException {
		var directory = Files.createDirectories(Path.of("target", "hostile", part));
		var corpus = Files.createDirectories(directory.resolve("corpus"));
		for (var number = 0; number < seeds.size(); number++) {
			Files.write(corpus.resolve("seed-" + number), seeds.get(number));
		}
		var log = directory.resolve("log.txt");
		var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m",
				"-Dhostile.part=" + part, "-cp", System.getProperty("java.class.path"),
				"com.code_intelligence.jazzer.Jazzer", "--target_class=" + HostileTarget.class.getName(),
				"--instrumentation_includes=" + INSTRUMENTED, "--reproducer_path=" + directory, runs,
				"-max_total_time=" + time.toSeconds(), "-max_len=" + LONGEST, "-timeout=60", "-rss_limit_mb=4096",
				"-dict=" + dictionary(directory, words), "-artifact_prefix=" + directory + "/", corpus.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(process.waitFor(time.toSeconds() + 300, TimeUnit.SECONDS)).as("ended, see %s", log).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		var output = Files.readAllLines(log, StandardCharsets.ISO_8859_1)
			.stream()
			.filter(line -> !line.startsWith("INFO: Instrumented"))
			.toList();
		assertThat(process.exitValue()).as(String.join("\n", output)).isZero();
		assertThat(output).as("inputs that reached something new").anyMatch(line -> line.contains("\tNEW "));
	}

	/** In libFuzzer's format, with each byte in hexadecimal digits. */
	private static Path dictionary(Path directory, List<String> words) throws IOException {
		var digits = HexFormat.of().withPrefix("\\x");
		return Files.writeString(directory.resolve("words.txt"),
				words.stream()
					.map(word -> "\"" + digits.formatHex(word.getBytes(StandardCharsets.UTF_8)) + "\"\n")
					.collect(Collectors.joining()));
	}

}
