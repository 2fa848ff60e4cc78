package io.profileworkflows.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;

import io.profileworkflows.LocalStack;
import io.profileworkflows.Postgres;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be said of the compose file where there is no Docker.
 */
class ComposeTests {

	private static final JsonNode COMPOSE = Yaml.read(Path.of("docker-compose.yml"));

	private static final JsonNode SERVICES = COMPOSE.path("services");

	@Test
	void hasAllThatBelongsToTheService() {
		assertThat(SERVICES.propertyNames()).containsExactlyInAnyOrder("postgres", "localstack", "simulator", "service",
				"prometheus", "grafana");
		assertThat(SERVICES.at("/localstack/image").asString("")).isEqualTo("localstack/localstack:4.4.0")
			.isEqualTo(LocalStack.IMAGE);
		assertThat(SERVICES.at("/postgres/image").asString("")).isEqualTo(Postgres.IMAGE);
		assertThat(SERVICES.at("/localstack/environment/SERVICES").asString("").split(","))
			.containsExactlyInAnyOrderElementsOf(LocalStack.SERVICES);
	}

	@Test
	void pinsTheImagesOfOthers() {
		assertThat(SERVICES.values()).filteredOn(service -> !service.has("build"))
			.hasSize(4)
			.allSatisfy(service -> assertThat(service.path("image").asString("")).matches("[^:]+:v?\\d+\\.\\d.*"));
	}

	@Test
	void startsEachOnlyWhenWhatItNeedsIsWell() {
		assertThat(SERVICES.values()).allSatisfy(service -> {
			assertThat(service.at("/healthcheck/test/0").asString("")).isEqualTo("CMD");
			assertThat(service.path("depends_on").properties()).allSatisfy(needed -> {
				assertThat(SERVICES.has(needed.getKey())).as(needed.getKey()).isTrue();
				assertThat(needed.getValue().path("condition").asString("")).isEqualTo("service_healthy");
			});
		});
		assertThat(needs("grafana", new HashSet<>())).containsExactlyInAnyOrder("prometheus", "service", "postgres",
				"simulator", "localstack");
	}

	@Test
	void buildsStagesThatTheDockerfileHas() throws IOException {
		var dockerfile = Files.readString(Path.of("Dockerfile"));

		assertThat(SERVICES.values()).filteredOn(service -> service.has("build"))
			.hasSize(2)
			.allSatisfy(service -> assertThat(dockerfile)
				.contains(" AS " + service.at("/build/target").asString("") + "\n"));
	}

	@Test
	void mountsFilesThatThereAre() {
		assertThat(SERVICES.values()).flatExtracting(service -> service.path("volumes").values())
			.extracting(volume -> volume.asString("").split(":")[0])
			.allSatisfy(source -> assertThat(source.startsWith("./") ? Files.isRegularFile(Path.of(source))
					: COMPOSE.path("volumes").has(source))
				.as(source)
				.isTrue());
	}

	@Test
	void listensOnThisMachineOnlySinceNobodyHasToLogIn() {
		assertThat(SERVICES.at("/service/environment/PROFILEWORKFLOWS_SECURITY_ENABLED").asString(""))
			.isEqualTo("false");
		assertThat(SERVICES.values()).flatExtracting(service -> service.path("ports").values())
			.isNotEmpty()
			.allSatisfy(port -> assertThat(port.asString("")).startsWith("127.0.0.1:"));
	}

	@Test
	void connectsThemByTheNamesAndPortsTheyHave() {
		var environment = SERVICES.at("/service/environment");

		assertThat(environment.path("SPRING_DATASOURCE_URL").asString("")).isEqualTo(
				"jdbc:postgresql://postgres:5432/" + SERVICES.at("/postgres/environment/POSTGRES_DB").asString(""));
		assertThat(environment.path("SPRING_DATASOURCE_USERNAME"))
			.isEqualTo(SERVICES.at("/postgres/environment/POSTGRES_USER"));
		assertThat(environment.path("SPRING_DATASOURCE_PASSWORD"))
			.isEqualTo(SERVICES.at("/postgres/environment/POSTGRES_PASSWORD"));
		assertThat(environment.path("AWS_ENDPOINT_URL_CUSTOMER_PROFILES").asString(""))
			.isEqualTo("http://simulator:8090");
		assertThat(Yaml.read(Path.of("compose/prometheus.yml")).at("/scrape_configs/0")).isEqualTo(Yaml.read("""
				job_name: profile-workflows
				metrics_path: /actuator/prometheus
				static_configs: [{ targets: [service:8081], labels: { namespace: compose, pod: service } }]
				"""));
		assertThat(Yaml.read(Path.of("compose/grafana-datasource.yml")).at("/datasources/0/url").asString(""))
			.isEqualTo("http://prometheus:9090");
	}

	private static Set<String> needs(String service, Set<String> found) {
		StreamSupport.stream(SERVICES.path(service).path("depends_on").propertyNames().spliterator(), false)
			.filter(found::add)
			.forEach(needed -> needs(needed, found));
		return found;
	}

}
