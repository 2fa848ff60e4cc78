package io.profileworkflows.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.profileworkflows.Postgres;
import io.profileworkflows.PostgresBinaries;
import io.profileworkflows.notifications.Listeners;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("sql")
class OutboxRestartTests {

	@Test
	void goesOnAfterTheDatabaseWasRestarted(@TempDir Path directory) throws Exception {
		var replica = new Replica[1];
		var greeter = new Greeter(work -> Ends.finish(replica[0].outbox, work));
		var server = server(directory, 0);
		var port = server.getPort();
		try {
			replica[0] = new Replica(Postgres.migrate(Postgres.Database.of(server)), greeter,
					new OutboxSettings(true, Duration.ofSeconds(60), Duration.ofMillis(50), Duration.ZERO, 3,
							Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(1)));
			replica[0].listener.start();
			replica[0].worker.start();
			replica[0].add("anna");
			assertThat(greeter.next()).isEqualTo("anna");

			server.close();
			await("for the worker to notice").until(() -> !replica[0].wakeUps.wakeUp("greeting"));
			server = server(directory, port);

			await().ignoreExceptions().until(() -> {
				replica[0].add("berta");
				return true;
			});
			assertThat(greeter.next()).isEqualTo("berta");
			await("for the listener to be back").until(() -> Listeners.in(replica[0].jdbc).size() == 1);
		}
		finally {
			replica[0].close();
			server.close();
		}
	}

	private static EmbeddedPostgres server(Path directory, int port) throws IOException {
		return PostgresBinaries.builder()
			.setDataDirectory(directory.resolve("data"))
			.setCleanDataDirectory(false)
			.setPort(port)
			.start();
	}

}
