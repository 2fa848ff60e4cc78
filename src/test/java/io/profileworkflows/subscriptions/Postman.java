package io.profileworkflows.subscriptions;

import java.time.Duration;

import io.profileworkflows.outbox.WorkOff;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.awaitility.Awaitility.await;

/**
 * Delivers events when a test says so, as the lanes would.
 */
public class Postman {

	private final WorkOff workOff;

	private final JdbcClient jdbc;

	public Postman(WorkOff workOff, JdbcClient jdbc) {
		this.workOff = workOff;
		this.jdbc = jdbc;
	}

	/** Hints of the service itself may hold some rows meanwhile. */
	public void deliverAll() {
		await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(1)).until(() -> {
			jdbc.sql(
					"""
							update outbox set due_at = clock_timestamp()
							where kind = 'events' and leased_until is null and exists (select from event where spread_at is null)
							""")
				.update();
			workOff.workOff(EventWork.KIND);
			workOff.workOff(DeliveryWork.KIND);
			workOff.workOff(DeliveryWork.SLOW_KIND);
			return !isAnyDue();
		});
	}

	private boolean isAnyDue() {
		return jdbc.sql("""
				select exists (select from event where spread_at is null and exists (select from subscription))
				  or exists (select from outbox where kind in ('deliveries', 'slow-deliveries')
				    and due_at <= clock_timestamp())
				""").query(Boolean.class).single();
	}

	/** As if the pauses after failures were over. */
	public void makeDue() {
		jdbc.sql("update delivery set due_at = clock_timestamp()").update();
		jdbc.sql("update subscription set retry_at = null").update();
		jdbc.sql(
				"update outbox set due_at = clock_timestamp() where kind in ('events', 'deliveries', 'slow-deliveries')")
			.update();
	}

}
