package io.profileworkflows.subscriptions;

import java.time.Duration;
import java.util.Objects;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;

import org.springframework.stereotype.Component;

/**
 * Hands events to the subscriptions that want them. One piece of work for all events: the
 * replica that claims it does so in the order in which they were written.
 */
@Component
class EventSpreader implements WorkHandler {

	private static final int MOST_AT_ONCE = 200;

	/** A hint comes after each commit; this finds what a killed process did not tell. */
	private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(2);

	private final WrittenEvents events;

	private final Subscriptions subscriptions;

	private final Outbox outbox;

	private final DeliveryWork deliveries;

	EventSpreader(WrittenEvents events, Subscriptions subscriptions, Outbox outbox, DeliveryWork deliveries) {
		this.events = events;
		this.subscriptions = subscriptions;
		this.outbox = outbox;
		this.deliveries = deliveries;
	}

	@Override
	public String kind() {
		return EventWork.KIND;
	}

	@Override
	public int slots() {
		return 1;
	}

	@Override
	public Result handle(Work work) {
		int count;
		do {
			outbox.renew(work);
			// two at the same time could mix up the order
			count = Objects.requireNonNull(outbox.change(work, Duration.ZERO, () -> events, this::spread));
		}
		while (count == MOST_AT_ONCE);
		return subscriptions.areThere() ? Result.again(LOOK_AGAIN_AFTER) : Result.done();
	}

	private int spread(WrittenEvents written) {
		var spread = written.spread(MOST_AT_ONCE);
		deliveries.hasten(spread.receivers());
		return spread.events();
	}

}
