package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One process of the service as far as the outbox goes, with a connection pool of its own
 * and a single handler. Polls so rarely that only wake-ups count, unless told otherwise.
 */
class Replica implements AutoCloseable {

	static final OutboxSettings SETTINGS = new OutboxSettings(true, true, Duration.ofSeconds(60), Duration.ofHours(1),
			Duration.ZERO, 3, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(10));

	final Outbox outbox;

	final JdbcClient jdbc;

	final JdbcTemplate statements;

	final TransactionTemplate transaction;

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final WakeUps wakeUps;

	final OutboxMetrics metrics;

	final WorkRuns runs;

	final OutboxWorker worker;

	final NotificationListener listener;

	private final HikariDataSource pool;

	private final OutboxSettings settings;

	Replica(JdbcConnectionDetails database, WorkHandler handler, OutboxSettings settings) {
		pool = pool(database);
		jdbc = JdbcClient.create((DataSource) pool);
		transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
		wakeUps = new WakeUps(new Notifications(jdbc, settings));
		var traces = new WorkTraces(Tracer.NOOP);
		statements = new JdbcTemplate(pool);
		outbox = new Outbox(jdbc, statements, transaction, settings, wakeUps, traces);
		metrics = new OutboxMetrics(outbox, meters);
		runs = new WorkRuns(outbox, settings, transaction, new Endings(outbox, statements, transaction), metrics,
				traces);
		worker = new OutboxWorker(
				new StaticListableBeanFactory(Map.of("handler", handler)).getBeanProvider(WorkHandler.class), outbox,
				runs, wakeUps, new Lanes(), settings);
		this.settings = settings;
		listener = listenerTo(database);
	}

	NotificationListener listenerTo(JdbcConnectionDetails database) {
		var details = new StaticListableBeanFactory(Map.of("database", database))
			.getBeanProvider(JdbcConnectionDetails.class);
		return new NotificationListener(details, List.of(wakeUps), settings);
	}

	static OutboxSettings polling(Duration interval) {
		return new OutboxSettings(true, false, SETTINGS.lease(), interval, SETTINGS.fullLookInterval(),
				SETTINGS.maxAttempts(), SETTINGS.firstRetryAfter(), SETTINGS.maxRetryAfter(), SETTINGS.shutdownGrace());
	}

	static OutboxSettings gracious(Duration grace) {
		return new OutboxSettings(true, false, SETTINGS.lease(), SETTINGS.pollInterval(), SETTINGS.fullLookInterval(),
				SETTINGS.maxAttempts(), SETTINGS.firstRetryAfter(), SETTINGS.maxRetryAfter(), grace);
	}

	private static HikariDataSource pool(JdbcConnectionDetails database) {
		var pool = new HikariDataSource();
		pool.setJdbcUrl(database.getJdbcUrl());
		pool.setUsername(database.getUsername());
		pool.setPassword(database.getPassword());
		pool.setMaximumPoolSize(6);
		pool.setConnectionTimeout(1000);
		return pool;
	}

	void add(String... subjects) {
		transaction.executeWithoutResult(_ -> {
			for (var subject : subjects) {
				outbox.add(Greeter.KIND, subject, "retail");
			}
		});
	}

	@Override
	public void close() {
		worker.stop();
		listener.stop();
		pool.close();
	}

}
