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
 * look in a while does, and the others begin where that one found the first living row.
 * <p>
 * Nothing is missed for longer than that while: what becomes due does so at the time of
 * its statement, which lies above the floor unless its transaction took long to commit.
 */
class Floors {

	private static final OffsetDateTime EVERYTHING = OffsetDateTime.MIN;

	private final JdbcClient jdbc;

	private final Duration interval;

	private final Map<String, Floor> floors = new ConcurrentHashMap<>();

	Floors(JdbcClient jdbc, Duration interval) {
		this.jdbc = jdbc;
		this.interval = interval;
	}

	OffsetDateTime of(String kind) {
		if (interval.isZero()) {
			return EVERYTHING;
		}
		var known = floors.get(kind);
		if (known == null || System.nanoTime() - known.seenAt() >= interval.toNanos()) {
			known = new Floor(look(kind), System.nanoTime());
			floors.put(kind, known);
		}
		return known.dueAt();
	}

	private OffsetDateTime look(String kind) {
		return jdbc.sql("""
				select least(min(due_at), clock_timestamp()) - cast(:interval as interval) from outbox
				where kind = :kind and parked_at is null
				""").param("kind", kind).param("interval", interval.toString()).query(OffsetDateTime.class).single();
	}

	/**
	 * @param seenAt by the monotonic clock
	 */
	private record Floor(OffsetDateTime dueAt, long seenAt) {
	}

}
