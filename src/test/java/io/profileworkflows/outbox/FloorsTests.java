package io.profileworkflows.outbox;

import java.time.Duration;
import java.time.OffsetDateTime;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class FloorsTests {

	private static final String KIND = "floors";

	@Autowired
	JdbcClient jdbc;

	@Test
	void liesBelowTheEarliestWork() {
		var dueAt = add("earliest", Duration.ofMinutes(-3));
		add("later", Duration.ofMinutes(-2));

		assertThat(new Floors(jdbc, Duration.ofSeconds(5)).of(KIND)).isBefore(dueAt).isAfter(dueAt.minusSeconds(2));
	}

	@Test
	void liesBelowNowWhereNothingIsDue() {
		add("later", Duration.ofMinutes(2));

		assertThat(new Floors(jdbc, Duration.ofSeconds(5)).of(KIND)).isBefore(now()).isAfter(now().minusSeconds(3));
	}

	@Test
	void movesUpBetweenTwoLooksAtEverything() {
		var dueAt = add("earliest", Duration.ofMinutes(-3));
		var floors = new Floors(jdbc, Duration.ofSeconds(20));
		assertThat(floors.of(KIND)).isBefore(dueAt);

		jdbc.sql("delete from outbox").update();

		await().atMost(Duration.ofSeconds(10)).until(() -> floors.of(KIND).isAfter(dueAt));
	}

	@Test
	void findsWhatWasCommittedBelowIt() {
		var floors = new Floors(jdbc, Duration.ofSeconds(2));
		floors.of(KIND);
		var dueAt = add("late", Duration.ofMinutes(-3));
		assertThat(floors.of(KIND)).isAfter(dueAt);

		await().atMost(Duration.ofSeconds(8)).until(() -> floors.of(KIND).isBefore(dueAt));
	}

	@Test
	void isWithoutEffectWhereEachLookIsAtEverything() {
		assertThat(new Floors(jdbc, Duration.ZERO).of(KIND)).isEqualTo(OffsetDateTime.MIN);
	}

	private OffsetDateTime add(String subject, Duration delay) {
		return jdbc.sql("""
				insert into outbox (subject, kind, domain, due_at)
				values (:subject, :kind, 'retail', clock_timestamp() + cast(:delay as interval)) returning due_at
				""")
			.param("subject", subject)
			.param("kind", KIND)
			.param("delay", delay.toString())
			.query(OffsetDateTime.class)
			.single();
	}

	private OffsetDateTime now() {
		return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
	}

}
