package io.profileworkflows.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.profileworkflows.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be said of the image where there is no Docker.
 */
class ImageTests {

	private static final Path DOCKERFILE = Path.of("Dockerfile");

	private static final Pattern RESULT = Pattern
		.compile("(\\w+) +ready in +(\\d+) ms \\((?<ready>[\\d.]+) of plain\\).* (?<resident>\\d+) MiB resident");

	@Test
	void runsAsANumberThatIsNotRoot() throws IOException {
		assertThat(stage("service")).containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n");
		assertThat(stage("simulator")).containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n");
	}

	@Test
	void needsNoShell() throws IOException {
		assertThat(stage("service").lines().filter(line -> line.matches("(RUN|ENTRYPOINT|CMD) .*"))).hasSize(2)
			.allSatisfy(line -> assertThat(line).matches("\\w+ \\[.*]"));
	}

	@Test
	void beginsAsTheMeasuredScriptDoes() throws IOException {
		assertThat(stage("service")).contains("RUN [\"java\", \"@/image/train.args\"]",
				"ENTRYPOINT [\"java\", \"@/image/run.args\"]");
		assertThat(Path.of("image/without-docker")).isExecutable()
			.content()
			.contains("@\"$args/train.args\"", "@\"$args/run.args\"");
		assertThat(Path.of("image/train.args")).content()
			.contains("-XX:AOTCacheOutput=profile-workflows.aot", "-XX:+UseSerialGC",
					"-Dspring.context.exit=onRefresh");
		assertThat(Path.of("image/run.args")).content()
			.contains("-XX:AOTCache=profile-workflows.aot", "-XX:+UseSerialGC");
	}

	@Test
	@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes some minutes: -Psoak")
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

		assertThat(process.waitFor()).as(output).isZero();
		var ready = new TreeMap<String, Double>();
		var resident = new TreeMap<String, Integer>();
		RESULT.matcher(output).results().forEach(result -> {
			ready.put(result.group(1), Double.valueOf(result.group("ready")));
			resident.put(result.group(1), Integer.valueOf(result.group("resident")));
		});
		System.out.println(output);
		assertThat(ready).containsOnlyKeys("plain", "extracted", "cached");
		assertThat(ready.get("cached")).as(output).isLessThanOrEqualTo(0.6);
		assertThat(resident.get("cached")).as(output).isLessThanOrEqualTo(300);
	}

	private static String stage(String name) throws IOException {
		var stage = Pattern.compile("(?ms)^FROM \\S+ AS " + name + "$.*?(?=^FROM |\\z)")
			.matcher(Files.readString(DOCKERFILE));
		assertThat(stage.find()).isTrue();
		return stage.group();
	}

}
