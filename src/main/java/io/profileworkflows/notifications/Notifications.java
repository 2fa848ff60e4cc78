package io.profileworkflows.notifications;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.profileworkflows.threads.CoalescedTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends notifications to the other replicas, after a commit and apart from it, because
 * PostgreSQL commits transactions that notify one by one. Nothing throws, because
 * notifications are hints.
 */
@Component
public class Notifications {

	private static final Logger log = LoggerFactory.getLogger(Notifications.class);

	private final Map<Notification, CoalescedTask> unsent = new ConcurrentHashMap<>();

	private final JdbcClient jdbc;

	private final NotificationSettings settings;

	Notifications(JdbcClient jdbc, NotificationSettings settings) {
		this.jdbc = jdbc;
		this.settings = settings;
	}

	/**
	 * Tells one of a few things soon, on another thread. At most one of a kind is under
	 * way, so that a flood of reasons is not a flood of notifications.
	 */
	public void tellSoon(String channel, String what) {
		if (settings.listen()) {
			unsent
				.computeIfAbsent(new Notification(channel, what),
						_ -> new CoalescedTask("notify-" + what, () -> tell(channel, what)))
				.ask();
		}
	}

	/**
	 * Tells something at once, outside of any transaction.
	 * @param what less than 8000 bytes
	 */
	public void tell(String channel, String what) {
		if (!settings.listen()) {
			return;
		}
		try {
			jdbc.sql("select pg_notify(:channel, :what)")
				.param("channel", channel)
				.param("what", what)
				.query((RowCallbackHandler) _ -> {
				});
		}
		catch (RuntimeException failure) {
			log.debug("Others find {} at their next poll, since they could not be notified: {}", what,
					failure.getMessage());
		}
	}

}
