package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.profileworkflows.notifications.Listeners;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One process of the service as far as the outbox goes, with a connection pool of its own
 * and a single handler. Polls so rarely that only wake-ups count, unless told otherwise.
 */
class Replica implements AutoCloseable {

	static final OutboxSettings SETTINGS = new OutboxSettings(true, Duration.ofSeconds(60), Duration.ofHours(1),
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

	private final WorkHandler handler;

	final SmartLifecycle listener;

	private final HikariDataSource pool;

	Replica(JdbcConnectionDetails database, WorkHandler handler, OutboxSettings settings) {
		this(database, handler, settings, true);
	}

	private Replica(JdbcConnectionDetails database, WorkHandler handler, OutboxSettings settings, boolean notifies) {
		this.handler = handler;
		pool = pool(database);
		jdbc = JdbcClient.create((DataSource) pool);
		transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
		wakeUps = new WakeUps(Listeners.notifications(jdbc, notifies));
		var traces = new WorkTraces(Tracer.NOOP);
		statements = new JdbcTemplate(pool);
		outbox = new Outbox(jdbc, statements, transaction, settings, wakeUps, traces);
		metrics = new OutboxMetrics(outbox, meters);
		runs = new WorkRuns(outbox, settings, transaction, new Endings(outbox, statements, transaction), metrics,
				traces);
		worker = new OutboxWorker(
				new StaticListableBeanFactory(Map.of("handler", handler)).getBeanProvider(WorkHandler.class), outbox,
				runs, wakeUps, new Lanes(), settings);
		listener = Listeners.listener(database, wakeUps);
	}

	/** One that neither tells others of its work nor listens to them. */
	static Replica deaf(JdbcConnectionDetails database, WorkHandler handler, OutboxSettings settings) {
		return new Replica(database, handler, settings, false);
	}

	static OutboxSettings polling(Duration interval) {
		return new OutboxSettings(true, SETTINGS.lease(), interval, SETTINGS.fullLookInterval(), SETTINGS.maxAttempts(),
				SETTINGS.firstRetryAfter(), SETTINGS.maxRetryAfter(), SETTINGS.shutdownGrace());
	}

	static OutboxSettings gracious(Duration grace) {
		return new OutboxSettings(true, SETTINGS.lease(), SETTINGS.pollInterval(), SETTINGS.fullLookInterval(),
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

	int workOff() {
		return WorkOff.workOff(outbox, runs, handler);
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
