package io.profileworkflows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A probe that gets no answer in its time tells nothing of the reason, and one that gets
 * it too late takes a replica out that is well.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "profile-workflows.outbox.work=false",
				"profile-workflows.outbox.listen=false", "profile-workflows.security.enabled=false",
				"spring.datasource.hikari.maximum-pool-size=2" })
@ContextConfiguration(initializers = SimulatedAws.class)
@Import(ReadinessTests.Database.class)
@DirtiesContext
class ReadinessTests {

	/** How long the chart's readiness probe waits. */
	private static final Duration PROBE = Duration.ofSeconds(3);

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	DataSource pool;

	@Autowired
	DatabaseLine line;

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@Test
	void isThereWhileThePoolHasNoConnectionLeft() throws Exception {
		var taken = new ArrayList<Connection>();
		try {
			for (var number = 0; number < 2; number++) {
				taken.add(pool.getConnection());
			}
			assertThat(pool.unwrap(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections()).isEqualTo(2);

			for (var probe : probes()) {
				assertThat(ask(probe)).as("%s", probe).isEqualTo(200);
			}
		}
		finally {
			for (var connection : taken) {
				connection.close();
			}
		}
	}

	@Test
	void endsInTimeWithTheDatabaseAndComesBackWithIt() throws IOException, SQLException {
		line.fallSilent();
		expectReady(503);
		line.mend();
		expectReady(200);

		line.cut();
		expectReady(503);
		line.mend();
		expectReady(200);
	}

	private void expectReady(int status) {
		for (var probe : probes()) {
			await().untilAsserted(() -> assertThat(ask(probe)).as("%s", probe).isEqualTo(status));
		}
		assertThat(ask(URI.create("http://127.0.0.1:%d/livez".formatted(port)))).isEqualTo(200);
	}

	private List<URI> probes() {
		return List.of(URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(managementPort)),
				URI.create("http://127.0.0.1:%d/readyz".formatted(port)));
	}

	/** Fails when the answer takes longer than the probe waits. */
	private int ask(URI probe) {
		try {
			return http
				.send(HttpRequest.newBuilder(probe).timeout(PROBE).build(), HttpResponse.BodyHandlers.discarding())
				.statusCode();
		}
		catch (IOException | InterruptedException failure) {
			throw new AssertionError(failure);
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Database {

		@Bean
		DatabaseLine line() {
			return DatabaseLine.to(Postgres.create("readiness"));
		}

		@Bean
		JdbcConnectionDetails jdbcConnectionDetails(DatabaseLine line) {
			return line.database();
		}

	}

}
