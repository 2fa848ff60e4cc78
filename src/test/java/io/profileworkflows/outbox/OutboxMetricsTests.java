package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.profileworkflows.Postgres;
import io.profileworkflows.Scrapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("sql")
class OutboxMetricsTests {

	private final Greeter greeter = new Greeter(work -> {
		if (work.subject().equals("poison")) {
			throw new IllegalStateException("poisoned");
		}
	});

	private final Replica replica = new Replica(Postgres.migrated(), greeter, Replica.SETTINGS);

	@BeforeEach
	void begin() {
		replica.jdbc.sql("truncate outbox").update();
	}

	@AfterEach
	void end() {
		replica.close();
	}

	@Test
	void showsTheBacklog() {
		replica.add("anna", "berta", "clara");
		Ends.park(replica.outbox, replica.outbox.claim("greeting", 1).getFirst(), "not at home");
		replica.jdbc.sql("update outbox set due_at = due_at - interval '1 hour'").update();

		replica.metrics.count();

		assertThat(replica.meters.get("outbox.backlog").tag("kind", "greeting").gauge().value()).isEqualTo(2);
		assertThat(replica.meters.get("outbox.parked").tag("kind", "greeting").gauge().value()).isEqualTo(1);
		assertThat(replica.meters.get("outbox.oldest.age").timeGauge().value(TimeUnit.MINUTES)).isBetween(60.0, 61.0);
	}

	@Test
	void showsWhenTheBacklogIsGone() {
		replica.add("anna");
		replica.metrics.count();
		replica.outbox.cancel("anna");

		replica.metrics.count();

		assertThat(replica.meters.get("outbox.backlog").tag("kind", "greeting").gauge().value()).isZero();
		assertThat(replica.meters.get("outbox.oldest.age").timeGauge().value()).isZero();
	}

	@Test
	void missesNothingInAScrapeWhileItIsCountedAnew() {
		var scrapes = new Scrapes();
		var backlogs = IntStream.range(0, 20)
			.mapToObj(kind -> new Backlog("kind-" + kind, 1, 0, 0, 2, Duration.ZERO))
			.toList();
		var scraped = new OutboxMetrics(() -> backlogs, scrapes.registry);

		scrapes.showAllTheTime(scraped::count, "outbox_backlog{kind=\"kind-7\"} 1.0",
				"outbox_parked{kind=\"kind-19\"} 2.0");
	}

	@Test
	void keepsTheLastCountWhenTheDatabaseCannotBeAsked() {
		replica.add("anna");
		replica.metrics.count();
		replica.close();

		replica.metrics.count();

		assertThat(replica.meters.get("outbox.backlog").tag("kind", "greeting").gauge().value()).isEqualTo(1);
	}

	@Test
	void measuresHowLongWorkWaitedForItsHandler() {
		replica.add("anna");
		replica.jdbc.sql("update outbox set due_at = due_at - interval '1 hour'").update();

		replica.workOff();

		var latency = replica.meters.get("outbox.dispatch.latency").tag("kind", "greeting").timer();
		assertThat(latency.max(TimeUnit.MINUTES)).isBetween(60.0, 61.0);
	}

	@Test
	void countsWhatBecameOfRuns() {
		replica.add("anna", "poison");
		replica.workOff();
		for (var failure = 1; failure < 3; failure++) {
			replica.jdbc.sql("update outbox set due_at = clock_timestamp() where subject = 'poison'").update();
			replica.workOff();
		}

		assertThat(replica.meters.get("outbox.runs").tags("outcome", "handled").timer().count()).isEqualTo(1);
		assertThat(replica.meters.get("outbox.runs").tags("outcome", "failed").timer().count()).isEqualTo(3);
		assertThat(replica.meters.get("outbox.parkings").tags("kind", "greeting").counter().count()).isEqualTo(1);
	}

}
