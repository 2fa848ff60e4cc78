package io.profileworkflows.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears of work that other processes have no room for, on a connection of its own. While
 * it is deaf, or behind a pooler that does not pass notifications on, work waits for the
 * next poll and nothing is lost.
 */
@Component
class OutboxListener implements SmartLifecycle {

	static final String APPLICATION_NAME = "profile-workflows outbox listener";

	private static final Logger log = LoggerFactory.getLogger(OutboxListener.class);

	private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

	private static final int ANSWER_WITHIN_SECONDS = 5;

	private final Outage outage = new Outage(log, "Listening for work");

	private final @Nullable JdbcConnectionDetails database;

	private final WakeUps wakeUps;

	private final OutboxSettings settings;

	private volatile CountDownLatch stopped = new CountDownLatch(0);

	private volatile @Nullable Connection connection;

	OutboxListener(ObjectProvider<JdbcConnectionDetails> database, WakeUps wakeUps, OutboxSettings settings) {
		this.database = database.getIfAvailable();
		this.wakeUps = wakeUps;
		this.settings = settings;
	}

	@Override
	public void start() {
		if (database == null) {
			log.info("Not listening for work, since the data source does not tell where its database is");
			return;
		}
		var stop = new CountDownLatch(1);
		stopped = stop;
		Thread.ofVirtual().name("outbox-listener").start(() -> listen(database, stop));
	}

	private void listen(JdbcConnectionDetails database, CountDownLatch stop) {
		while (stop.getCount() > 0) {
			try (var opened = connect(database)) {
				connection = opened;
				hear(opened, stop);
			}
			catch (SQLException | RuntimeException lost) {
				if (stop.getCount() > 0) {
					pause(stop, outage.noticed(lost));
				}
			}
		}
	}

	private static Connection connect(JdbcConnectionDetails database) throws SQLException {
		var properties = new Properties();
		if (database.getUsername() != null) {
			PGProperty.USER.set(properties, database.getUsername());
		}
		if (database.getPassword() != null) {
			PGProperty.PASSWORD.set(properties, database.getPassword());
		}
		PGProperty.APPLICATION_NAME.set(properties, APPLICATION_NAME);
		PGProperty.CONNECT_TIMEOUT.set(properties, ANSWER_WITHIN_SECONDS);
		PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_WITHIN_SECONDS);
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		return DriverManager.getConnection(database.getJdbcUrl(), properties);
	}

	private void hear(Connection connection, CountDownLatch stop) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.execute("listen outbox");
		}
		outage.over();
		wakeUps.wakeAll();
		var postgres = connection.unwrap(PGConnection.class);
		while (stop.getCount() > 0) {
			var heard = postgres.getNotifications((int) LONGEST_SILENCE.toMillis());
			if (heard != null && heard.length > 0) {
				Arrays.stream(heard).map(PGNotification::getParameter).distinct().forEach(wakeUps::wakeUp);
			}
			else if (!connection.isValid(ANSWER_WITHIN_SECONDS)) {
				throw new SQLException("The connection is dead");
			}
		}
	}

	private static void pause(CountDownLatch stop, Duration pause) {
		try {
			stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException _) {
			stop.countDown();
		}
	}

	@Override
	public void stop() {
		stopped.countDown();
		var open = connection;
		if (open != null) {
			try {
				open.abort(Runnable::run);
			}
			catch (SQLException alreadyGone) {
				log.debug("The listening connection was gone: {}", alreadyGone.getMessage());
			}
		}
	}

	@Override
	public boolean isRunning() {
		return stopped.getCount() > 0;
	}

	@Override
	public boolean isAutoStartup() {
		return settings.work() && settings.listen();
	}

}
