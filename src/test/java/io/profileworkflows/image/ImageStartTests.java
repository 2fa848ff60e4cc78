package io.profileworkflows.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.profileworkflows.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon the packaged service is ready, and how small it is then: laid out as in the
 * image, without Docker. docs/performance.md keeps the figures.
 */
@EnabledIfSystemProperty(named = "packaged", matches = "true",
		disabledReason = "takes many minutes, and the packaged jar: ./mvnw verify -Psoak")
class ImageStartTests {

	private static final Pattern RESULT = Pattern.compile(
			"(?<variant>\\w+) +ready in +\\d+ ms \\((?<ready>[\\d.]+) of plain\\).* (?<resident>\\d+) MiB resident");

	@Test
	void isReadySoonAndSmallWithItsCache() throws IOException, InterruptedException {
		assertThat(Path.of("target/profile-workflows.jar")).as("made by package").exists();
		var database = Postgres.create("image");
		var script = new ProcessBuilder("image/without-docker", "5").redirectErrorStream(true);
		script.environment()
			.putAll(Map.of("SPRING_DATASOURCE_URL", database.getJdbcUrl(), "SPRING_DATASOURCE_USERNAME",
					database.getUsername(), "SPRING_DATASOURCE_PASSWORD", database.getPassword(), "AWS_REGION",
					"eu-central-1", "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWKSETURI", "http://localhost:1/none"));

		var process = script.start();
		var output = new String(process.getInputStream().readAllBytes());

		System.out.println(output);
		assertThat(process.waitFor()).as(output).isZero();
		var results = new HashMap<String, Result>();
		RESULT.matcher(output)
			.results()
			.forEach(result -> results.put(result.group("variant"),
					new Result(Double.parseDouble(result.group("ready")), Integer.parseInt(result.group("resident")))));
		assertThat(results).containsOnlyKeys("plain", "extracted", "cached");
		assertThat(results.get("cached")).as(output).satisfies(cached -> {
			assertThat(cached.ready()).isLessThanOrEqualTo(0.6);
			assertThat(cached.resident()).isLessThanOrEqualTo(300);
		});
	}

	/**
	 * @param ready in parts of the plain jar's time
	 * @param resident in MiB
	 */
	record Result(double ready, int resident) {
	}

}
