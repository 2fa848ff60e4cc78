package io.profileworkflows.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the other processes of work, or of what else they hear. Sent after the commit and
 * apart from it, since PostgreSQL commits transactions that notify one by one; and never
 * more than one of a kind is under way, so that a flood of work is not a flood of
 * notifications.
 */
@Component
public class Notifications {

	static final String OUTBOX = "outbox";

	private static final Logger log = LoggerFactory.getLogger(Notifications.class);

	private final Map<String, CoalescedTask> unsent = new ConcurrentHashMap<>();

	private final JdbcClient jdbc;

	private final OutboxSettings settings;

	Notifications(JdbcClient jdbc, OutboxSettings settings) {
		this.jdbc = jdbc;
		this.settings = settings;
	}

	void send(String kind) {
		if (!settings.listen()) {
			return;
		}
		unsent.computeIfAbsent(kind, _ -> new CoalescedTask("outbox-notify-" + kind, () -> tell(OUTBOX, kind))).ask();
	}

	/**
	 * Tells something at once, outside of any transaction, unless that is switched off.
	 * Does not throw: it is a hint.
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
		catch (RuntimeException unsent) {
			log.debug("Others find {} at their next poll, since they could not be notified: {}", what,
					unsent.getMessage());
		}
	}

}
