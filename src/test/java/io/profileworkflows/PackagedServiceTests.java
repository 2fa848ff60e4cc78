package io.profileworkflows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.profileworkflows.image.Image;
import io.profileworkflows.integration.Sample;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The very jar that was packaged, laid out as in the image, starts, does its job and
 * stops. Fails when its manifest, a layer, the cache or an option is wrong.
 */
@EnabledIfSystemProperty(named = "packaged", matches = "true",
		disabledReason = "takes the packaged jar: ./mvnw verify runs it after package")
class PackagedServiceTests {

	private static final Path DIRECTORY = Path.of("target", "packaged");

	private static final String DOMAIN = "packaged";

	@TempDir
	Path home;

	@Test
	void takesAWorkflowToItsEndAndStops() throws Exception {
		var image = layOut();
		var settings = SimulatorSettings.defaults().withDurations(Duration.ofMillis(500), Duration.ofMillis(500));
		try (var aws = Simulator.start(settings);
				var service = PackagedService.ofImage(image, DIRECTORY.resolve("service.log").toAbsolutePath(),
						Postgres.create("packaged"), aws)) {
			service.awaitReady();
			var curl = new Curl(service.port());

			var id = curl.create(DOMAIN, Sample.of("salesforce-scheduled.json"));

			await("for the workflow to end").atMost(Duration.ofMinutes(1))
				.untilAsserted(
						() -> assertThat(curl.get("/domains/%s/workflows/%s".formatted(DOMAIN, id)).text("/Status"))
							.isEqualTo("COMPLETE"));
			assertThat(aws.workflows()).hasSize(1);
			assertThatTheCliSeesIt(service, id);
			service.stop();
			assertThat(service.log()).doesNotContain(" ERROR ", "[warning][aot]");
		}
	}

	/** With a short training: whether it is a good one, the benchmark tells. */
	private static Image layOut() throws IOException, InterruptedException {
		var application = DIRECTORY.resolve("application");
		FileSystemUtils.deleteRecursively(application);
		Files.createDirectories(DIRECTORY);
		var log = DIRECTORY.resolve("layout.log");
		var layout = new ProcessBuilder("image/layout", application.toString()).redirectErrorStream(true)
			.redirectOutput(log.toFile());
		layout.environment().put("JAVA_HOME", System.getProperty("java.home"));
		layout.environment().put("TRAINING_WORKFLOWS", "100");
		var process = layout.start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("laid out in time").isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(process.exitValue()).as(() -> read(log)).isZero();
		return new Image(application.toAbsolutePath(), Path.of("image", "run.args").toAbsolutePath());
	}

	private void assertThatTheCliSeesIt(PackagedService service, String id) {
		AwsCli.find(home).ifPresent(cli -> {
			var answer = cli.call(URI.create("http://127.0.0.1:" + service.port()), "get-workflow", "--domain-name",
					DOMAIN, "--workflow-id", id);
			assertThat(answer.output()).contains("\"Status\": \"COMPLETE\"");
		});
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException failure) {
			return failure.getMessage();
		}
	}

}
