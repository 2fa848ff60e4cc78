package io.profileworkflows.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

import io.profileworkflows.search.SearchStatements.Statement;
import io.profileworkflows.workflow.Status;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds the places of workflows in a search at a bounded cost. A filter that no index has
 * in the order asked for is answered whole when it lets few pass; otherwise the workflows
 * are gone through in that order for a while, and the page ends where the budget does.
 */
@Repository
class SearchQueries {

	/** Most workflows that are counted. */
	static final int MOST_COUNTED = 10_000;

	/** So few are sorted rather than sifted. */
	private static final int FEW = 200;

	/** The same by a column that has few values. */
	private static final int FEW_OF_COLUMN = 1000;

	/**
	 * Most rows gone through for a page: with {@link #FEW}, fewer than a thousand reads.
	 */
	private static final int BUDGET = 260;

	/** Where several filters have to meet, or a column has few values. */
	private static final int LARGE_BUDGET = 10_000;

	private final JdbcClient jdbc;

	SearchQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Places find(WorkflowQuery query, @Nullable Cursor after, int limit) {
		var statements = new SearchStatements(query, after);
		var budget = (statements.filters() > 1 || statements.siftsByColumn()) ? LARGE_BUDGET : BUDGET;
		return find(statements, budget, limit, query.ascending());
	}

	private Places find(SearchStatements statements, int budget, int limit, boolean ascending) {
		if (!statements.isPossible()) {
			return new Places(List.of(), null);
		}
		if (statements.isExact()) {
			return whole(places(statements.page(limit + 1, limit + 1)), limit);
		}
		var most = statements.siftsByColumn() ? FEW_OF_COLUMN : FEW;
		var few = few(statements, most);
		if (few.isPresent()) {
			return whole(places(statements.pageOfCandidates(few.getAsInt(), most, limit + 1)), limit);
		}
		var share = Math.max(budget / statements.runs(), limit + 1);
		var found = places(statements.page(share, limit + 1));
		if (found.size() > limit && statements.runs() == 1) {
			return whole(found, limit);
		}
		return places(statements.end(share)).stream()
			.findFirst()
			.map(end -> until(end, found, limit, ascending))
			.orElseGet(() -> whole(found, limit));
	}

	private OptionalInt few(SearchStatements statements, int most) {
		var counts = statements.candidates(most);
		return IntStream.range(0, counts.size()).filter(number -> count(counts.get(number)) < most).findFirst();
	}

	private static Places whole(List<Place> found, int limit) {
		if (found.size() <= limit) {
			return new Places(found, null);
		}
		return new Places(found.subList(0, limit), found.get(limit - 1).toCursor());
	}

	/** What lies beyond the end of some run is left to the next page. */
	private static Places until(Place end, List<Place> found, int limit, boolean ascending) {
		var order = ascending ? Place.ASCENDING : Place.ASCENDING.reversed();
		var within = found.stream().takeWhile(place -> order.compare(place, end) <= 0).toList();
		return (within.size() > limit) ? whole(within, limit) : new Places(within, end.toCursor());
	}

	/** Of the newest ones, if there are more than are counted. */
	StatusCounts countByStatus(WorkflowQuery query) {
		var statements = new SearchStatements(query, null);
		if (statements.isPossible() && statements.isExact()) {
			return counted(statements.page(MOST_COUNTED + 1, MOST_COUNTED + 1));
		}
		var found = find(statements, MOST_COUNTED, MOST_COUNTED, query.ascending());
		var counts = new EnumMap<Status, Long>(Status.class);
		found.places().forEach(place -> counts.merge(Objects.requireNonNull(place.status()), 1L, Long::sum));
		return new StatusCounts(counts, found.next() == null);
	}

	/** The database sends the counts, and not each place. */
	private StatusCounts counted(Statement page) {
		var counts = new EnumMap<Status, Long>(Status.class);
		var all = jdbc.sql("""
				select status, count(*) filter (where number <= %s) as counted, count(*) as found
				from (select status, row_number() over () as number from (%s) as place) as numbered group by status
				""".formatted(MOST_COUNTED, page.sql())).params(page.parameters()).query((row, _) -> {
			if (row.getLong("counted") > 0) {
				counts.put(Status.valueOf(row.getString("status")), row.getLong("counted"));
			}
			return row.getLong("found");
		}).list();
		return new StatusCounts(counts, all.stream().mapToLong(Long::longValue).sum() <= MOST_COUNTED);
	}

	List<Place> places(Statement statement) {
		return jdbc.sql(statement.sql()).params(statement.parameters()).query(SearchQueries::place).list();
	}

	long count(Statement statement) {
		return jdbc.sql(statement.sql()).params(statement.parameters()).query(Long.class).single();
	}

	private static Place place(ResultSet row, int number) throws SQLException {
		var status = row.getString("status");
		return new Place(row.getObject("id", UUID.class), row.getObject("at", OffsetDateTime.class).toInstant(),
				(status != null) ? Status.valueOf(status) : null);
	}

	/**
	 * @param next where the next page begins, or null on the last one
	 */
	record Places(List<Place> places, @Nullable Cursor next) {

		List<UUID> ids() {
			return places.stream().map(Place::id).toList();
		}

	}

	record Place(UUID id, Instant at, @Nullable Status status) {

		/** As the database orders them: a UUID byte by byte. */
		static final Comparator<Place> ASCENDING = Comparator.comparing(Place::at)
			.thenComparing(place -> place.id().toString());

		Cursor toCursor() {
			return new Cursor(at, id);
		}

	}

}
