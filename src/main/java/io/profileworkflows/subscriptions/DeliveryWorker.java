package io.profileworkflows.subscriptions;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.subscriptions.Deliveries.Next;
import io.profileworkflows.subscriptions.Deliveries.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends to subscriptions what they have to get: to each by one replica at a time, some
 * events at once, and of each workflow one after another.
 */
@Component
class DeliveryWorker {

	private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);

	/** Others wait for the slot. */
	private static final Duration TURN = Duration.ofSeconds(5);

	/** Who takes longer goes to the other lane, and back when it is quick again. */
	private static final Duration SLOW = Duration.ofSeconds(2);

	/** Who failed for longer gets all that waited as soon as one delivery goes well. */
	private static final Duration OUTAGE = Duration.ofMinutes(1);

	private final Subscriptions subscriptions;

	private final Deliveries deliveries;

	private final Owners owners;

	private final DeliveryWork work;

	private final Targets targets;

	private final Outbox outbox;

	private final TransactionTemplate transaction;

	private final EventMetrics metrics;

	private final EventsSettings settings;

	private final Clock clock;

	DeliveryWorker(Subscriptions subscriptions, Deliveries deliveries, Owners owners, DeliveryWork work,
			Targets targets, Outbox outbox, TransactionTemplate transaction, EventMetrics metrics,
			EventsSettings settings, Clock clock) {
		this.subscriptions = subscriptions;
		this.deliveries = deliveries;
		this.owners = owners;
		this.work = work;
		this.targets = targets;
		this.outbox = outbox;
		this.transaction = transaction;
		this.metrics = metrics;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * @param slowLane whether this is for those who take long to answer
	 */
	Result deliver(Work work, boolean slowLane) {
		var begin = System.nanoTime();
		while (System.nanoTime() - begin < TURN.toNanos()) {
			var subscription = subscriptions.find(DeliveryWork.subscriptionIn(work.subject())).orElse(null);
			if (subscription == null || !subscription.isOn()) {
				return Result.done();
			}
			if (subscription.slow() != slowLane) {
				return Result.done(() -> changeLane(subscription));
			}
			// new events do not make it sooner
			if (subscription.retryIn().isPositive()) {
				return Result.again(subscription.retryIn());
			}
			var result = sendSome(work, subscription);
			if (result.isPresent()) {
				return result.get();
			}
		}
		return Result.again(Duration.ZERO);
	}

	private void changeLane(Subscription subscription) {
		if (subscription.slow()) {
			work.hastenSlow(subscription.id());
		}
		else {
			work.hasten(List.of(subscription.id()));
		}
	}

	/**
	 * @return what shall happen, or nothing where there may be more to send
	 */
	private Optional<Result> sendSome(Work work, Subscription subscription) {
		var next = deliveries.next(subscription.id(), mostAtOnce(subscription));
		var due = next.stream().filter(Next::isDue).map(Next::due).toList();
		if (due.isEmpty()) {
			return Optional.of(next.isEmpty() ? Result.done() : Result.again(next.getFirst().dueIn()));
		}
		// nobody else may send these while they are on their way
		outbox.renew(work);
		var permission = owners.permissionFor(subscription);
		var permitted = due.stream().filter(permission::includes).toList();
		var answers = new LinkedHashMap<DueDelivery, DeliveryAnswer>();
		if (!permitted.isEmpty()) {
			answers.putAll(targets.send(subscription, permitted));
			answers.values().forEach(metrics::answered);
		}
		due.stream().filter(one -> !permission.includes(one)).forEach(one -> answers.put(one, permission.refusal(one)));
		var isHeldBack = permitted.isEmpty() && !permission.isNone();
		return Objects.requireNonNull(
				transaction.execute(_ -> isHeldBack ? holdBack(subscription, answers) : write(subscription, answers)));
	}

	/** These say nothing about the subscriber, who may get others. */
	private Optional<Result> holdBack(Subscription subscription, Map<DueDelivery, DeliveryAnswer> refusals) {
		deliveries.record(subscription.id(), outcomes(refusals, true));
		return Optional.empty();
	}

	/** One is enough to see whether a subscriber that failed is back. */
	private int mostAtOnce(Subscription subscription) {
		if (subscription.failures() > 0 || subscription.slow()) {
			return 1;
		}
		return subscription.isToEventBus() ? EventBuses.MOST_AT_ONCE : settings.concurrency();
	}

	/** An answer counts, even if another process holds the claim by now. */
	private Optional<Result> write(Subscription subscription, Map<DueDelivery, DeliveryAnswer> answers) {
		var isHealthy = answers.values().stream().anyMatch(DeliveryAnswer::isDelivered);
		var failures = isHealthy ? 0 : subscription.failures() + 1;
		var slow = answers.values().stream().anyMatch(answer -> answer.took().compareTo(SLOW) > 0);
		var delay = isHealthy ? Duration.ZERO : settings.delayAfter(failures);
		var failingFor = (failures != subscription.failures() || slow != subscription.slow())
				? deliveries.failingFor(subscription.id(), failures, delay, slow) : Duration.ZERO;
		if (!isHealthy && switchOff(subscription, answers, failingFor)) {
			deliveries.record(subscription.id(), outcomes(answers, false));
			return Optional.of(Result.done());
		}
		deliveries.record(subscription.id(), outcomes(answers, true));
		if (!isHealthy) {
			return Optional.of(Result.again(delay));
		}
		welcomeBack(subscription);
		return Optional.empty();
	}

	private boolean switchOff(Subscription subscription, Map<DueDelivery, DeliveryAnswer> answers,
			Duration failingFor) {
		if (answers.values().stream().anyMatch(DeliveryAnswer::isGone)) {
			switchOff(subscription, "The subscriber answered 410: it wants nothing any more");
			return true;
		}
		if (failingFor.compareTo(settings.retryFor()) >= 0) {
			switchOff(subscription, "All deliveries failed for %s, the latest because: %s"
				.formatted(settings.retryFor(), answers.values().iterator().next().failure()));
			return true;
		}
		return false;
	}

	private void switchOff(Subscription subscription, String reason) {
		subscriptions.switchOff(subscription.id(), reason);
		metrics.switchedOff();
		log.error("Subscription {} is switched off: {}", subscription.wireId(), reason);
	}

	private void welcomeBack(Subscription subscription) {
		var since = subscription.failingSince();
		if (since != null && since.plus(OUTAGE).isBefore(clock.instant())) {
			deliveries.hastenAll(subscription.id());
			log.info("Subscription {} takes deliveries again", subscription.wireId());
		}
	}

	private List<Outcome> outcomes(Map<DueDelivery, DeliveryAnswer> answers, boolean mayGiveUp) {
		return answers.entrySet()
			.stream()
			.map(answer -> outcome(answer.getKey(), answer.getValue(), mayGiveUp))
			.toList();
	}

	private Outcome outcome(DueDelivery due, DeliveryAnswer answer, boolean mayGiveUp) {
		if (answer.isDelivered()) {
			return new Outcome(due, answer, Delivery.State.DELIVERED, Duration.ZERO);
		}
		// later than a subscription that takes nothing is switched off
		var end = due.at().plus(settings.retryFor()).plus(settings.maxRetryAfter());
		if (mayGiveUp && !clock.instant().isBefore(end)) {
			metrics.givenUp();
			return new Outcome(due, answer, Delivery.State.GIVEN_UP, Duration.ZERO);
		}
		return new Outcome(due, answer, Delivery.State.PENDING, delay(due, answer));
	}

	private Duration delay(DueDelivery due, DeliveryAnswer answer) {
		var own = settings.delayAfter(due.attempts() + 1);
		var wish = answer.retryAfter();
		if (wish == null || wish.compareTo(own) <= 0) {
			return own;
		}
		return (wish.compareTo(settings.maxRetryAfter()) < 0) ? wish : settings.maxRetryAfter();
	}

}
