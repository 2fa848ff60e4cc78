package io.profileworkflows.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.profileworkflows.DatabaseLine;
import io.profileworkflows.OnTheSide;
import io.profileworkflows.Postgres;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OnTheSide
class DatabaseHealthTests {

	/** How long the chart's readiness probe waits. */
	private static final Duration PROBE = Duration.ofSeconds(3);

	/** Of its own: it is read-only at times, and its sessions are ended. */
	private static final JdbcConnectionDetails DATABASE = Postgres.create("health");

	private final AtomicInteger opened = new AtomicInteger();

	@Test
	void keepsOneConnectionHoweverManyAsk() throws SQLException {
		var health = healthOf(DATABASE);

		var answers = Stream.generate(() -> supplyAsync(health::health)).limit(20).toList();

		assertThat(answers).extracting(CompletableFuture::join)
			.allSatisfy(answer -> assertThat(answer.getStatus()).isEqualTo(Status.UP));
		assertThat(opened).hasValue(1);
		health.destroy();
	}

	@Test
	void answersInTimeForADatabaseThatTakesConnectionsAndSaysNothing() throws IOException, SQLException {
		try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			var health = healthOf(at(mute.getLocalPort()));

			var answers = Stream.generate(() -> supplyAsync(() -> timed(health))).limit(4).toList();

			assertThat(answers).extracting(CompletableFuture::join).allSatisfy(DatabaseHealthTests::isDownInTime);
			health.destroy();
		}
	}

	@Test
	void answersInTimeForADatabaseThatRefuses() throws SQLException {
		var health = healthOf(at(1));

		isDownInTime(timed(health));

		assertThat(health.health().getDetails()).extractingByKey("error").asString().contains("refused");
		health.destroy();
	}

	@Test
	void isDownWhileTheDatabaseTakesNoWrites() throws SQLException {
		var health = healthOf(DATABASE);
		assertThat(health.health().getStatus()).isEqualTo(Status.UP);

		readOnly(DATABASE, "on");
		await().untilAsserted(() -> assertThat(health.health()).satisfies(answer -> {
			assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
			assertThat(answer.getDetails()).containsEntry("error", "it is read-only");
		}));
		readOnly(DATABASE, "off");
		await().untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));

		health.destroy();
	}

	/**
	 * As it is after a switch of roles; sessions that are open learn it by being ended.
	 */
	private static void readOnly(JdbcConnectionDetails database, String value) throws SQLException {
		try (var connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword()); var statement = connection.createStatement()) {
			statement.execute("set default_transaction_read_only = off");
			statement.execute("alter database \"%s\" set default_transaction_read_only = %s"
				.formatted(connection.getCatalog(), value));
			statement.execute("""
					select pg_terminate_backend(pid) from pg_stat_activity
					where datname = current_database() and pid <> pg_backend_pid()""");
		}
	}

	@Test
	void answersInTimeForADatabaseThatFallsSilentAndNoticesWhenItIsBack() throws IOException, SQLException {
		try (var line = DatabaseLine.to(DATABASE)) {
			var health = healthOf(line.database());
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);

			line.fallSilent();
			await().untilAsserted(() -> isDownInTime(timed(health)));
			line.mend();
			await().untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));

			line.cut();
			await().untilAsserted(() -> isDownInTime(timed(health)));
			line.mend();
			await().untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
			health.destroy();
		}
	}

	@Test
	void answersInTimeWhenNoConnectionComesAtAll() throws SQLException {
		var never = new CountDownLatch(1);
		var health = new DatabaseHealth(() -> {
			try {
				never.await();
			}
			catch (InterruptedException failure) {
				throw new SQLException(failure);
			}
			throw new SQLException("none");
		});

		isDownInTime(timed(health));
		isDownInTime(timed(health));

		health.destroy();
	}

	private DatabaseHealth healthOf(JdbcConnectionDetails database) {
		return new DatabaseHealth(() -> open(database));
	}

	private Connection open(JdbcConnectionDetails database) throws SQLException {
		opened.incrementAndGet();
		return OwnConnection.open(database, DatabaseHealth.APPLICATION_NAME, 2);
	}

	private static JdbcConnectionDetails at(int port) {
		return new Postgres.Database("jdbc:postgresql://127.0.0.1:%d/none".formatted(port));
	}

	private static void isDownInTime(Timed answer) {
		assertThat(answer.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(answer.time()).isLessThan(PROBE);
	}

	private static Timed timed(DatabaseHealth health) {
		var begin = System.nanoTime();
		var answer = health.health();
		return new Timed(answer, Duration.ofNanos(System.nanoTime() - begin));
	}

	private record Timed(Health health, Duration time) {
	}

}
