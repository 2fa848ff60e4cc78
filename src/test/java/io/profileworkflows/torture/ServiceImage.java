package io.profileworkflows.torture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.ProfileWorkflowsApplication;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * The application as it is started, with a cache of its classes made in a first run: it
 * is started many times, and a start costs little then. Without the cache, it starts
 * slowly.
 */
final class ServiceImage {

	static final Path DIRECTORY = Path.of("target", "torture");

	private static final Path JAR = DIRECTORY.resolve("service.jar");

	private static final Path CACHE = DIRECTORY.resolve("service.aot");

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	/** The class path that the cache was made for. */
	private static final Path MADE_FOR = DIRECTORY.resolve("service.path");

	private static boolean made;

	private ServiceImage() {
	}

	/** The application alone, as it is packaged. */
	static List<String> command() {
		return command(classPath(), List.of("-XX:AOTCache=" + CACHE));
	}

	/** The same with the classes of the tests behind it. */
	static List<String> commandWithTests() {
		return command(classPath() + File.pathSeparator + testClasses(), List.of("-XX:AOTCache=" + CACHE));
	}

	private static List<String> command(String classPath, List<String> options) {
		var command = new ArrayList<>(List.of(JAVA, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath));
		return command;
	}

	/**
	 * Makes it, where it is not there yet. Several JVMs may ask at the same time: one
	 * makes it for all.
	 * @param environment with a database that the first run may use
	 */
	static synchronized void make(Map<String, String> environment) {
		if (made) {
			return;
		}
		try {
			Files.createDirectories(DIRECTORY);
			try (var file = FileChannel.open(DIRECTORY.resolve("lock"), CREATE, WRITE); var _ = file.lock()) {
				if (!isUpToDate()) {
					pack(classes());
					train(environment);
				}
			}
			made = true;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	private static boolean isUpToDate() throws IOException {
		if (!Files.exists(CACHE) || !Files.exists(MADE_FOR) || !Files.readString(MADE_FOR).equals(classPath())) {
			return false;
		}
		var packed = Files.getLastModifiedTime(JAR);
		try (var files = Files.walk(classes())) {
			return files.allMatch(file -> changed(file).compareTo(packed) < 0);
		}
	}

	private static FileTime changed(Path file) {
		try {
			return Files.getLastModifiedTime(file);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static void train(Map<String, String> environment) throws IOException, InterruptedException {
		Files.deleteIfExists(CACHE);
		Files.deleteIfExists(MADE_FOR);
		var command = command(classPath(), List.of("-XX:AOTCacheOutput=" + CACHE, "-Dspring.context.exit=onRefresh"));
		command.add(ProfileWorkflowsApplication.class.getName());
		var builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(DIRECTORY.resolve("image.log").toFile());
		builder.environment().putAll(environment);
		var process = builder.start();
		if (!process.waitFor(5, TimeUnit.MINUTES)) {
			process.destroyForcibly();
		}
		Files.writeString(MADE_FOR, classPath());
	}

	/** The cache takes classes from jars only. */
	private static void pack(Path classes) throws IOException {
		try (var jar = new JarOutputStream(Files.newOutputStream(JAR)); var files = Files.walk(classes)) {
			for (var file : files.filter(path -> !path.equals(classes)).sorted().toList()) {
				var name = classes.relativize(file).toString().replace(File.separatorChar, '/');
				jar.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
				if (Files.isRegularFile(file)) {
					Files.copy(file, jar);
				}
			}
		}
	}

	private static String classPath() {
		return JAR + File.pathSeparator
				+ entries().filter(entry -> entry.endsWith(".jar")).collect(Collectors.joining(File.pathSeparator));
	}

	private static Path classes() {
		return Path.of(entries().filter(entry -> Path.of(entry).endsWith("target/classes")).findFirst().orElseThrow());
	}

	private static String testClasses() {
		return entries().filter(entry -> Path.of(entry).endsWith("target/test-classes")).findFirst().orElseThrow();
	}

	private static Stream<String> entries() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
	}

}
