package io.profileworkflows.subscriptions;

import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.outbox.NewWork;
import io.profileworkflows.outbox.Origin;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The work of sending to one subscription. Subscriptions that take long to answer have a
 * lane of their own, so that they keep only each other waiting.
 */
@Component
class DeliveryWork {

	static final String KIND = "deliveries";

	static final String SLOW_KIND = "slow-deliveries";

	private static final String SUBJECT = "subscriptions/";

	private static final String SLOW_SUBJECT = "slow-subscriptions/";

	private final Outbox outbox;

	private final JdbcOperations statements;

	DeliveryWork(Outbox outbox, JdbcOperations statements) {
		this.outbox = outbox;
		this.statements = statements;
	}

	/** There is something to be sent to these. */
	@Transactional(propagation = Propagation.MANDATORY)
	void hasten(Collection<UUID> subscriptions) {
		var trip = new RoundTrip(statements);
		outbox.addOrHasten(trip, KIND,
				subscriptions.stream().map(id -> new NewWork(SUBJECT + id, Work.ALL_DOMAINS, Origin.NONE)).toList(),
				Duration.ZERO);
		trip.make();
	}

	/** The same for one that answers slowly. */
	@Transactional(propagation = Propagation.MANDATORY)
	void hastenSlow(UUID subscription) {
		outbox.addOrHasten(SLOW_KIND, SLOW_SUBJECT + subscription, Work.ALL_DOMAINS);
	}

	static UUID subscriptionIn(String subject) {
		return UUID.fromString(subject.substring(subject.indexOf('/') + 1));
	}

}
