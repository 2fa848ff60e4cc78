package io.profileworkflows;

import java.io.IOException;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service works with each PostgreSQL that its community supports. On the latest of
 * them run all other tests; with {@code -Psoak} those with SQL run on each.
 */
class PostgresVersionsTests {

	private static final int WORKFLOWS = 5;

	@ParameterizedTest
	@ValueSource(ints = { 15, 16, 17 })
	void worksWithEachSupportedVersion(int version) throws IOException {
		PostgresBinaries.assumeAvailable(version);

		try (var aws = Simulator.start(SimulatorSettings.defaults());
				var server = PostgresBinaries.builder(version).start();
				var service = Replicas.start(1, aws, Postgres.Database.of(server), RoundTrip.SETTINGS)) {
			service.resume();
			assertThat(majorVersion(service.jdbc())).isEqualTo(version);

			RoundTrip.of(service, 1, aws, "versions").make(WORKFLOWS);

			await("for the last work to be finished")
				.untilAsserted(() -> assertThat(service.bean(Outbox.class).backlog())
					.allSatisfy(backlog -> assertThat(backlog.kind()).isNotIn("submission", "deletion")));
		}
	}

	private static int majorVersion(JdbcClient jdbc) {
		return jdbc.sql("select current_setting('server_version_num')::int / 10000").query(Integer.class).single();
	}

}
