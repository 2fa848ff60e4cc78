package io.profileworkflows.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.profileworkflows.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Dockerfile's images are built and run, without a Docker engine.
 */
@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "builds for many minutes: -Psoak")
class ImageBuildTests {

	private static final Path LOG = Path.of("target/image-build.log");

	private static final Pattern RESIDENT = Pattern.compile("idle with (\\d+) MiB resident");

	@Test
	@EnabledIf(value = "isThereWhatItNeeds", disabledReason = "needs root, buildah, podman, runc and jq")
	void takesARequestToCompleteAndStops() throws IOException, InterruptedException {
		var database = Postgres.create("buildah");
		var script = new ProcessBuilder("image/with-buildah").redirectErrorStream(true).redirectOutput(LOG.toFile());
		script.environment()
			.putAll(Map.of("SPRING_DATASOURCE_URL", database.getJdbcUrl(), "SPRING_DATASOURCE_USERNAME",
					database.getUsername(), "SPRING_DATASOURCE_PASSWORD", database.getPassword()));

		var process = script.start();
		var ended = process.waitFor(2, TimeUnit.HOURS);
		process.destroy();

		var output = Files.readString(LOG);
		System.out.println(output);
		assertThat(ended).as("it ends in time").isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		assertThat(output).containsPattern("ready after \\d+ ms")
			.containsPattern("COMPLETE after \\d+ ms")
			.containsPattern("stopped by SIGTERM after \\d+ ms with exit code 143");
		assertThat(RESIDENT.matcher(output).results().map(result -> Integer.valueOf(result.group(1)))).singleElement()
			.satisfies(resident -> assertThat(resident).isLessThan(420));
	}

	static boolean isThereWhatItNeeds() {
		return System.getProperty("user.name").equals("root")
				&& Stream.of("buildah", "podman", "runc", "jq").allMatch(ImageBuildTests::isInstalled);
	}

	private static boolean isInstalled(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
	}

}
