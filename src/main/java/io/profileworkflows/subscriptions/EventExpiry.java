package io.profileworkflows.subscriptions;

import java.time.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Lets events and their deliveries leave after their time. Every replica does it now and
 * then; they do not get in each other's way.
 */
@Component
class EventExpiry {

	private static final Logger log = LoggerFactory.getLogger(EventExpiry.class);

	private static final int BATCH = 500;

	private final WrittenEvents events;

	private final EventsSettings settings;

	private final Clock clock;

	EventExpiry(WrittenEvents events, EventsSettings settings, Clock clock) {
		this.events = events;
		this.settings = settings;
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "${profile-workflows.retention.interval}",
			fixedDelayString = "${profile-workflows.retention.interval}")
	void look() {
		try {
			forget();
		}
		catch (DataAccessException | TransactionException failure) {
			log.warn("Old events could not be removed, and will be tried again: {}",
					failure.getMostSpecificCause().getMessage());
		}
	}

	/**
	 * @return how many events were removed
	 */
	int forget() {
		var before = clock.instant().minus(settings.keepDeliveries());
		int all = 0;
		int removed;
		do {
			removed = events.forget(before, BATCH);
			all += removed;
		}
		while (removed == BATCH);
		return all;
	}

}
