package io.profileworkflows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.profileworkflows.integration.Sample;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service on a machine that is set to a language with digits, or letters, of its own:
 * a process for each, since some formats are bound when their classes are loaded.
 */
@Tag("sql")
@OnTheSide
class LocalesTests {

	/** Digits of other scripts, and the letters i that only Turkish has. */
	private static final String LOCAL = "[\\p{Nd}&&[^0-9]]|[\\u0130\\u0131]";

	@ParameterizedTest
	@ValueSource(strings = { "fa-IR", "tr-TR" })
	void changeNothing(String locale, @TempDir Path directory) throws Exception {
		var language = locale.substring(0, 2);
		var country = locale.substring(3);
		var database = Postgres.create("locale_" + language);
		var settings = SimulatorSettings.defaults().withDurations(Duration.ofMillis(500), Duration.ofMillis(500));
		try (var aws = Simulator.start(settings);
				var service = PackagedService.ofClasses(directory.resolve("service.log"), database, aws,
						"-Duser.language=" + language, "-Duser.country=" + country,
						"-Dprofile-workflows.retention.interval=1s", "-Dprofile-workflows.tracking.list-lag=1s")) {
			service.awaitReady();
			var curl = new Curl(service.port());

			new RoundTrip(List.of(curl), aws, "locale-" + language).make(3);

			pagesThrough(curl, "/domains/locale-%s/workflows?max-results=1".formatted(language));
			pagesThrough(curl, "/workflows?status=CANCELLED&phase=DELETED&sort=updated&max-results=2&counts=true");
			findsHeadersInCapitals(curl, language);
			saysNumbersInPlainDigits(curl, service);
			var jdbc = JdbcClient
				.create(new DriverManagerDataSource(database.url(), database.getUsername(), database.getPassword()));
			assertThat(jdbc.sql("select relname from pg_class").query(String.class).list())
				.anyMatch(name -> name.startsWith("workflow_history_20"))
				.allSatisfy(name -> assertThat(name).doesNotContainPattern(LOCAL));
			assertThat(jdbc.sql("select reason || actor from workflow_history").query(String.class).list())
				.allSatisfy(text -> assertThat(text).doesNotContainPattern(LOCAL));
			service.stop();
			assertThat(service.log()).doesNotContain(" ERROR ", "\n\tat ");
		}
	}

	private static void pagesThrough(Curl curl, String path) {
		var next = "";
		for (var page = 0; page < 3; page++) {
			var answer = curl.get(path + next);
			assertThat(answer.status()).as("%s", answer).isEqualTo(200);
			assertThat(answer.toString()).doesNotContainPattern(LOCAL);
			if (answer.text("/NextToken").isEmpty()) {
				return;
			}
			next = "&next-token=" + answer.text("/NextToken");
		}
	}

	private static void findsHeadersInCapitals(Curl curl, String language) {
		var body = Sample.of("salesforce-scheduled.json")
			.withText("/DomainName", "locale-" + language)
			.withText(Sample.FLOW + "/FlowName", "locale-headers-" + language)
			.bytes();
		var path = "/domains/locale-%s/workflows/integrations".formatted(language);
		var first = curl.post(path, body, "CONTENT-TYPE", "APPLICATION/JSON", "IDEMPOTENCY-KEY", "I");
		assertThat(first.status()).as("%s", first).isEqualTo(202);

		var second = curl.post(path, body, "content-type", "application/json", "idempotency-key", "I");

		assertThat(second.text("/WorkflowId")).isEqualTo(first.text("/WorkflowId"));
		assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
		assertThat(first.header("Location")).doesNotContainPattern(LOCAL);
		var waited = curl
			.send(curl.to(first.header("Location")).GET().headers("PREFER", "WAIT=1", "IF-NONE-MATCH", "\"none\""));
		assertThat(waited.header("Preference-Applied")).isEqualTo("wait=1");
		assertThat(waited.header("ETag")).doesNotContainPattern(LOCAL);
		assertThat(curl.post(path + "?dry-run=true", body, "Content-Type", "text/x-YAML").status()).isEqualTo(200);
	}

	private static void saysNumbersInPlainDigits(Curl curl, PackagedService service) throws Exception {
		var management = new Curl(service.managementPort());
		for (var path : List.of("/workflows?max-results=x", "/workflows?tag=" + ":".repeat(300), "/v3/api-docs",
				"/workflows?created-from=yesterday")) {
			assertThat(curl.get(path).toString()).doesNotContainPattern(LOCAL);
		}
		assertThat(service.scrape()).contains("http_server_requests").doesNotContainPattern(LOCAL);
		for (var path : List.of("/actuator/health", "/actuator/info", "/actuator/workflows", "/actuator/outbox")) {
			var answer = management.get(path);
			assertThat(answer.status()).as("%s", answer).isEqualTo(200);
			assertThat(answer.toString()).doesNotContainPattern(LOCAL);
		}
	}

}
