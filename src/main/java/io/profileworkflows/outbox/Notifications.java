package io.profileworkflows.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the other processes of work. Sent after the commit and apart from it, since
 * PostgreSQL commits transactions that notify one by one; and never more than one of a
 * kind is under way, so that a flood of work is not a flood of notifications.
 */
@Component
class Notifications {

	private static final Logger log = LoggerFactory.getLogger(Notifications.class);

	private final Map<String, AtomicLong> unsent = new ConcurrentHashMap<>();

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
		var calls = unsent.computeIfAbsent(kind, _ -> new AtomicLong());
		if (calls.getAndIncrement() == 0) {
			Thread.ofVirtual().name("outbox-notify-" + kind).start(() -> sendAll(kind, calls));
		}
	}

	private void sendAll(String kind, AtomicLong calls) {
		long sent;
		do {
			sent = calls.get();
			notify(kind);
		}
		while (!calls.compareAndSet(sent, 0));
	}

	private void notify(String kind) {
		try {
			jdbc.sql("select pg_notify('outbox', :kind)").param("kind", kind).query((RowCallbackHandler) _ -> {
			});
		}
		catch (RuntimeException unsent) {
			log.debug("Others find {} at their next poll, since they could not be notified: {}", kind,
					unsent.getMessage());
		}
	}

}
