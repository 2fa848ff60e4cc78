package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.Postgres;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OnTheSide
class WorkHealthTests {

	/** Of its own: others look for the same kind of work. */
	private static final JdbcConnectionDetails DATABASE = Postgres.migrate(Postgres.create("work_health"));

	private static final Duration MOST = Duration.ofSeconds(2);

	private final AtomicBoolean isHeld = new AtomicBoolean();

	@Test
	void tellsOfAReplicaThatLooksForNoWork() {
		var greeter = new Greeter(_ -> {
		}) {

			@Override
			public Claims claim(Outbox outbox, int slots) {
				if (isHeld.get()) {
					throw new IllegalStateException("A lock is held");
				}
				return super.claim(outbox, slots);
			}

		};
		try (var replica = Replica.deaf(DATABASE, greeter, Replica.polling(Duration.ofMillis(200)))) {
			var health = new WorkHealth(replica.worker, MOST, replica.meters);
			replica.worker.start();
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);

			isHeld.set(true);
			await().untilAsserted(() -> assertThat(health.health()).satisfies(answer -> {
				assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
				assertThat(answer.getDetails()).containsOnlyKeys(Greeter.KIND);
			}));
			assertThat(replica.meters.get("outbox.look.age").timeGauge().value()).isPositive();

			isHeld.set(false);
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
		}
	}

	@Test
	void saysNothingOfAReplicaThatOnlyAnswers() {
		try (var replica = new Replica(DATABASE, new Greeter(_ -> {
		}), Replica.SETTINGS)) {
			var health = new WorkHealth(replica.worker, Duration.ZERO, replica.meters);

			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
		}
	}

}
