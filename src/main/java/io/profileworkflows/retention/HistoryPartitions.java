package io.profileworkflows.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The months of the {@link History}: made ahead of time, dropped as a whole. Any number
 * of replicas may try at once; one does it. None waits long for a lock, since others
 * would wait behind it: it tries again later.
 */
@Repository
@Transactional
class HistoryPartitions {

	/** Months made ahead, so that the service may be away for long. */
	static final int AHEAD = 3;

	/** Any number that nobody else locks. */
	private static final long LOCK = 0x686973746f7279L;

	private static final int LEFTOVERS_AT_ONCE = 1000;

	private final JdbcClient jdbc;

	private final Clock clock;

	HistoryPartitions(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Makes the partitions of this month and the next ones, unless they are there.
	 * @return how many were made
	 */
	int prepare() {
		if (!isOurTurn()) {
			return 0;
		}
		var present = partitions();
		var first = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
		int made = 0;
		for (var month = first; !month.isAfter(first.plusMonths(AHEAD)); month = month.plusMonths(1)) {
			var begin = beginOf(month);
			if (present.stream().noneMatch(partition -> partition.covers(begin))) {
				make(month);
				made++;
			}
		}
		return made;
	}

	/**
	 * Drops partitions all of whose entries are older.
	 * @return how many were dropped
	 */
	int drop(Instant before) {
		if (!isOurTurn()) {
			return 0;
		}
		var past = partitions().stream().filter(partition -> !partition.end().isAfter(before)).toList();
		past.forEach(partition -> jdbc.sql("drop table " + partition.name()).update());
		jdbc.sql("""
				delete from workflow_history_default where ctid = any(array(
				  select ctid from workflow_history_default where at < :before limit :limit))
				""").param("before", before.atOffset(ZoneOffset.UTC)).param("limit", LEFTOVERS_AT_ONCE).update();
		return past.size();
	}

	private boolean isOurTurn() {
		jdbc.sql("set local lock_timeout = '2s'").update();
		return jdbc.sql("select pg_try_advisory_xact_lock(:lock)").param("lock", LOCK).query(Boolean.class).single();
	}

	/**
	 * With the entries that had to go elsewhere. Made apart and attached, which stops
	 * nobody from adding entries; only that elsewhere is locked meanwhile.
	 */
	private void make(YearMonth month) {
		var name = nameOf(month);
		var begin = beginOf(month);
		var end = beginOf(month.plusMonths(1));
		jdbc.sql("lock table workflow_history_default in access exclusive mode").update();
		jdbc.sql("create table %s (like workflow_history including defaults including constraints)".formatted(name))
			.update();
		jdbc.sql("""
				with moved as (delete from workflow_history_default where at >= :begin and at < :end returning *)
				insert into %s select * from moved
				""".formatted(name))
			.param("begin", begin.atOffset(ZoneOffset.UTC))
			.param("end", end.atOffset(ZoneOffset.UTC))
			.update();
		jdbc.sql("alter table workflow_history attach partition %s for values from ('%s') to ('%s')".formatted(name,
				begin, end))
			.update();
	}

	List<Partition> partitions() {
		return jdbc.sql("""
				select relname as name, cast(bounds[1] as timestamptz) as begin, cast(bounds[2] as timestamptz) as end
				from pg_inherits join pg_class on pg_class.oid = inhrelid cross join lateral
				  regexp_match(pg_get_expr(relpartbound, pg_class.oid),
				    'FROM \\((?:MINVALUE|''(.+)'')\\) TO \\(''(.+)''\\)') as bounds
				where inhparent = cast('workflow_history' as regclass) and bounds is not null
				order by 3
				""").query(HistoryPartitions::partition).list();
	}

	private static Instant beginOf(YearMonth month) {
		return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
	}

	private static Partition partition(ResultSet row, int number) throws SQLException {
		var begin = row.getObject("begin", OffsetDateTime.class);
		return new Partition(row.getString("name"), (begin != null) ? begin.toInstant() : null,
				row.getObject("end", OffsetDateTime.class).toInstant());
	}

	/**
	 * @param begin null for that of all before the end
	 */
	record Partition(String name, @Nullable Instant begin, Instant end) {

		boolean covers(Instant at) {
			return (begin == null || !at.isBefore(begin)) && at.isBefore(end);
		}

	}

	private static String nameOf(YearMonth month) {
		return String.format(Locale.ROOT, "workflow_history_%d_%02d", month.getYear(), month.getMonthValue());
	}

}
