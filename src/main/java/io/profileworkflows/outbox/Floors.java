package io.profileworkflows.outbox;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * From where on in the order of due times there is living work. As long as some session,
 * anywhere in the database, holds an old snapshot, dead rows cannot be cleaned up: they
 * gather where each look would begin, and each would go through all of them. So only one
 * look in a while does. In between, quick looks move the floor up from where it was, and
 * the others begin at the floor.
 * <p>
 * Nothing is missed for longer than that while: what becomes due does so at the time of
 * its statement, which lies above the floor unless its transaction took long to commit.
 */
class Floors {

	private static final OffsetDateTime EVERYTHING = OffsetDateTime.MIN;

	/** Quick looks for each one that goes through everything. */
	private static final int QUICK_LOOKS = 10;

	/** What a transaction may take to commit is this part of the while. */
	private static final int MARGIN = 5;

	private final JdbcClient jdbc;

	private final Duration interval;

	private final Map<String, Floor> floors = new ConcurrentHashMap<>();

	/**
	 * @param interval between two looks that go through everything
	 */
	Floors(JdbcClient jdbc, Duration interval) {
		this.jdbc = jdbc;
		this.interval = interval;
	}

	OffsetDateTime of(String kind) {
		if (interval.isZero()) {
			return EVERYTHING;
		}
		var known = floors.get(kind);
		var now = System.nanoTime();
		if (known == null || now - known.foundAt() >= interval.toNanos()) {
			known = new Floor(look(kind, EVERYTHING), now, now);
			floors.put(kind, known);
		}
		else if (now - known.movedAt() >= interval.dividedBy(QUICK_LOOKS).toNanos()) {
			known = new Floor(look(kind, known.dueAt()), known.foundAt(), now);
			floors.put(kind, known);
		}
		return known.dueAt();
	}

	private OffsetDateTime look(String kind, OffsetDateTime from) {
		return jdbc.sql("""
				select least(min(due_at), clock_timestamp()) - cast(:margin as interval) from outbox
				where kind = :kind and parked_at is null and due_at >= cast(:from as timestamptz)
				""")
			.param("kind", kind)
			.param("from", from)
			.param("margin", interval.dividedBy(MARGIN).toString())
			.query(OffsetDateTime.class)
			.single();
	}

	/**
	 * @param foundAt when everything was looked at, by the monotonic clock
	 * @param movedAt when it was moved up last
	 */
	private record Floor(OffsetDateTime dueAt, long foundAt, long movedAt) {
	}

}
