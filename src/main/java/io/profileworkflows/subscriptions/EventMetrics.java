package io.profileworkflows.subscriptions;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How events get to those who want them.
 */
@Component
class EventMetrics {

	private static final Logger log = LoggerFactory.getLogger(EventMetrics.class);

	private final MeterRegistry meters;

	private final JdbcClient jdbc;

	private final Timer delivered;

	private final Timer failed;

	private final Counter givenUp;

	private final Counter switchedOff;

	private volatile Counts counts = new Counts(0, 0, 0, 0, 0);

	EventMetrics(MeterRegistry meters, JdbcClient jdbc) {
		this.meters = meters;
		this.jdbc = jdbc;
		EventType.all().forEach(this::counter);
		this.delivered = attempts("delivered");
		this.failed = attempts("failed");
		this.givenUp = Counter.builder("events.given.up")
			.description("Deliveries that failed for so long that they were given up")
			.register(meters);
		this.switchedOff = Counter.builder("subscriptions.switched.off")
			.description("Subscriptions that were switched off since nothing could be delivered")
			.register(meters);
		subscriptions("on", () -> counts.on());
		subscriptions("failing", () -> counts.failing());
		subscriptions("off", () -> counts.off());
		Gauge.builder("events.pending", () -> counts.pending())
			.description("Deliveries to subscriptions that are on, which are still to come")
			.register(meters);
		TimeGauge.builder("events.oldest.age", () -> counts.age(), TimeUnit.SECONDS)
			.description("Age of the oldest event that no subscription has got its delivery of yet")
			.register(meters);
	}

	private Timer attempts(String outcome) {
		return Timer.builder("events.deliveries")
			.description("Attempts to deliver an event")
			.tag("outcome", outcome)
			.register(meters);
	}

	private void subscriptions(String state, java.util.function.Supplier<Number> count) {
		Gauge.builder("subscriptions", count)
			.description("Subscriptions, by how their deliveries go")
			.tag("state", state)
			.register(meters);
	}

	private Counter counter(String type) {
		return Counter.builder("events.written").description("Events by type").tag("type", type).register(meters);
	}

	void written(String type) {
		counter(type).increment();
	}

	void answered(DeliveryAnswer answer) {
		(answer.isDelivered() ? delivered : failed).record(answer.took());
	}

	void givenUp() {
		givenUp.increment();
	}

	void switchedOff() {
		switchedOff.increment();
	}

	@Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
	void count() {
		try {
			counts = jdbc.sql("""
					select count(*) filter (where off_since is null and failures = 0) as "on",
					  count(*) filter (where off_since is null and failures > 0) as failing,
					  count(*) filter (where off_since is not null) as off,
					  (select count(*) from delivery join subscription on subscription.id = subscription_id
					    where state = 'PENDING' and off_since is null) as pending,
					  (select coalesce(extract(epoch from clock_timestamp() - min(written_at)), 0) from event
					    where spread_at is null) as age
					from subscription
					""").query(Counts.class).single();
		}
		catch (DataAccessException failure) {
			log.warn("The subscriptions could not be counted: {}", failure.getMostSpecificCause().getMessage());
		}
	}

	/**
	 * @param age in seconds
	 */
	record Counts(long on, long failing, long off, long pending, double age) {
	}

}
