package io.profileworkflows.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.ProfileWorkflowsApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service as the image has it, of what the build has compiled so far: with the
 * options of image/run.args, and the cache of classes that image/train.args makes.
 */
final class Image {

	private static final Path DIRECTORY = Path.of("target", "benchmark", "image");

	private static final Path JAR = DIRECTORY.resolve("service.jar");

	private static final Path CACHE = DIRECTORY.resolve("service.aot");

	private static final int MINUTES_TO_TRAIN = 5;

	private Image() {
	}

	/** Makes its cache of classes. */
	static void make() throws IOException, InterruptedException {
		Files.createDirectories(DIRECTORY);
		Files.deleteIfExists(CACHE);
		pack();
		var log = DIRECTORY.resolve("train.log");
		var training = new ProcessBuilder(command("train.args", "-XX:AOTCacheOutput=", List.of()))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(training.waitFor(MINUTES_TO_TRAIN, TimeUnit.MINUTES)).as("trained in time, see %s", log)
				.isTrue();
		}
		finally {
			training.destroyForcibly();
		}
		assertThat(CACHE).as("what training leaves, see %s", log).isNotEmptyFile();
	}

	/**
	 * What starts it.
	 * @param more options of the JVM
	 */
	static List<String> command(String... more) throws IOException {
		return command("run.args", "-XX:AOTCache=", List.of(more));
	}

	private static List<String> command(String file, String cache, List<String> more) throws IOException {
		var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
		Predicate<String> isCache = option -> option.startsWith(cache);
		try (var lines = Files.lines(Path.of("image", file))) {
			lines.filter(line -> line.startsWith("-"))
				.filter(isCache.negate().and(option -> !option.equals("-jar")))
				.forEach(command::add);
		}
		command.add(cache + CACHE);
		command.addAll(more);
		command.addAll(List.of("-cp", classPath(), ProfileWorkflowsApplication.class.getName()));
		return command;
	}

	/** The cache takes classes from jars only. */
	private static void pack() throws IOException {
		var classes = Path.of(entries().filter(Image::isOurs).findFirst().orElseThrow());
		try (var jar = new JarOutputStream(Files.newOutputStream(JAR)); var files = Files.walk(classes)) {
			for (var file : files.filter(path -> !path.equals(classes)).sorted().toList()) {
				// a package is found by the entry of its directory
				var name = classes.relativize(file).toString().replace(File.separatorChar, '/');
				jar.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
				if (Files.isRegularFile(file)) {
					Files.copy(file, jar);
				}
			}
		}
	}

	private static String classPath() {
		return Stream.concat(Stream.of(JAR.toString()), entries().filter(entry -> entry.endsWith(".jar")))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static boolean isOurs(String entry) {
		return Path.of(entry).endsWith(Path.of("target", "classes"));
	}

	private static Stream<String> entries() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
	}

}
