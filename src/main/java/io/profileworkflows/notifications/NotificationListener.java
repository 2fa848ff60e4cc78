package io.profileworkflows.notifications;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.profileworkflows.database.Outage;
import io.profileworkflows.database.OwnConnection;
import io.profileworkflows.threads.PlatformThreads;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears what other replicas tell, on one connection for all channels. While it is deaf,
 * or behind a pooler that does not pass notifications on, everything waits for the next
 * poll and nothing is lost.
 */
@Component
class NotificationListener implements SmartLifecycle {

	static final String APPLICATION_NAME = "profile-workflows listener";

	private static final Logger log = LoggerFactory.getLogger(NotificationListener.class);

	private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

	private static final int ANSWER_WITHIN_SECONDS = 5;

	private final Outage outage = new Outage(log, "Listening to other replicas");

	private final @Nullable JdbcConnectionDetails database;

	private final Map<String, ChannelSubscriber> subscribers;

	private final NotificationSettings settings;

	private volatile CountDownLatch stopped = new CountDownLatch(0);

	private volatile @Nullable Connection connection;

	NotificationListener(ObjectProvider<JdbcConnectionDetails> database, List<ChannelSubscriber> subscribers,
			NotificationSettings settings) {
		this.database = database.getIfAvailable();
		this.subscribers = subscribers.stream()
			.collect(Collectors.toMap(ChannelSubscriber::channel, Function.identity()));
		this.settings = settings;
	}

	@Override
	public void start() {
		if (database == null) {
			log.info("Not listening to other replicas: the data source does not say where its database is");
			return;
		}
		var stop = new CountDownLatch(1);
		stopped = stop;
		PlatformThreads.start("notification-listener", () -> listen(database, stop));
	}

	private void listen(JdbcConnectionDetails database, CountDownLatch stop) {
		while (stop.getCount() > 0) {
			try (var opened = OwnConnection.open(database, APPLICATION_NAME, ANSWER_WITHIN_SECONDS)) {
				connection = opened;
				hear(opened, stop);
			}
			catch (SQLException | RuntimeException failure) {
				if (stop.getCount() > 0) {
					pause(stop, outage.noticed(failure));
				}
			}
		}
	}

	private void hear(Connection connection, CountDownLatch stop) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.execute("listen " + String.join("; listen ", subscribers.keySet()));
		}
		outage.over();
		subscribers.values().forEach(ChannelSubscriber::catchUp);
		var postgres = connection.unwrap(PGConnection.class);
		while (stop.getCount() > 0) {
			var heard = postgres.getNotifications((int) LONGEST_SILENCE.toMillis());
			if (heard != null && heard.length > 0) {
				Arrays.stream(heard).map(Notification::of).distinct().forEach(this::pass);
			}
			else if (!connection.isValid(ANSWER_WITHIN_SECONDS)) {
				throw new SQLException("The connection is dead");
			}
		}
	}

	private void pass(Notification told) {
		var subscriber = subscribers.get(told.channel());
		if (subscriber != null) {
			subscriber.hear(told.what());
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
			catch (SQLException failure) {
				log.debug("The listening connection was gone: {}", failure.getMessage());
			}
		}
	}

	@Override
	public boolean isRunning() {
		return stopped.getCount() > 0;
	}

	@Override
	public boolean isAutoStartup() {
		return settings.listen();
	}

}
