package io.profileworkflows.search;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.security.Wildcards;
import org.jspecify.annotations.Nullable;

/**
 * How a search is put to the database: along an index that has the order asked for, and
 * never further than a budget of rows, whatever the statistics say. One filter leads, as
 * the first column of that index; the others sift what it brings. Limits are literals,
 * since the planner has to know them.
 */
final class SearchStatements {

	/** Greater than every character that may follow a prefix. */
	private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

	private static final String TAGS = "workflow_tag";

	private static final String ONE_RUN = "(values (1)) as sought (value)";

	private static final Set<String> INDEXED_BY_UPDATE = Set.of("domain_name", "flow_health");

	private final Map<String, Object> parameters = new LinkedHashMap<>();

	/** Those that some index has in the order asked for, the likely narrowest first. */
	private final List<Filter> leading = new ArrayList<>();

	/** Those that no index has in that order. */
	private final List<Filter> unordered = new ArrayList<>();

	/** Those that no index helps with, as conditions on a row of workflow. */
	private final List<String> unaided = new ArrayList<>();

	/** Of the time that the search is ordered by. */
	private final List<Bound> bounds = new ArrayList<>();

	private boolean possible = true;

	/** Whether one of the unordered filters is that of a column with few values. */
	private boolean siftsByColumn;

	private final String time;

	private final String direction;

	private final int filters;

	SearchStatements(WorkflowQuery query, @Nullable Cursor after) {
		this.time = query.order().column();
		this.direction = query.ascending() ? "asc" : "desc";
		filterByTags(query.tags());
		filterByDomains(query.domainNames(), query.readable());
		filterByColumns(query);
		filterByFlowName(query.flowNamePrefix());
		filterByTime("created_at", query.createdFrom(), query.createdTo());
		filterByTime("updated_at", query.updatedFrom(), query.updatedTo());
		this.filters = leading.size() + unordered.size() + unaided.size() + (bounds.isEmpty() ? 0 : 1);
		if (after != null) {
			parameters.put("afterAt", after.at().atOffset(ZoneOffset.UTC));
			parameters.put("afterId", after.id());
			bounds.add(new Bound(true, query.ascending() ? ">" : "<", ":afterAt, :afterId"));
		}
	}

	private void filterByTags(Collection<String> tags) {
		for (var tag : tags) {
			var filter = tagged(tag, leading.size() + unordered.size());
			(time.equals(filter.at()) ? leading : unordered).add(filter);
		}
	}

	private Filter tagged(String tag, int number) {
		var sought = SoughtTag.readingsOf(tag);
		parameters.put("keys" + number, sought.stream().map(SoughtTag::key).toArray(String[]::new));
		parameters.put("values" + number, sought.stream().map(SoughtTag::value).toArray(String[]::new));
		var readings = "unnest(cast(:keys%1$s as text[]), cast(:values%1$s as text[])) as sought (key, value)"
			.formatted(number);
		var match = "workflow_tag.key = sought.key and workflow_tag.value = sought.value";
		// counted row by row, so that nobody gathers all that have the tag
		var condition = "(select count(*) from %s join workflow_tag on %s where workflow_id = workflow.id) > 0"
			.formatted(readings, match);
		return new Filter(condition, readings, TAGS, match, "workflow_id", "created_at",
				"created_at desc, workflow_id desc", Math.max(1, sought.size()));
	}

	private void filterByDomains(Set<String> names, Wildcards readable) {
		if (!names.isEmpty()) {
			filterBy("domain_name", names.stream().filter(readable::include).toList());
			this.possible = names.stream().anyMatch(readable::include);
		}
		else if (readable.patterns().stream().noneMatch(pattern -> pattern.contains("*"))) {
			filterBy("domain_name", readable.patterns());
			this.possible = !readable.isEmpty();
		}
		else if (!readable.includeEverything()) {
			parameters.put("readable", readable.patterns().stream().map(SearchStatements::like).toArray(String[]::new));
			unaided.add("domain_name like any(cast(:readable as text[]))");
		}
	}

	private static String like(String pattern) {
		return pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%');
	}

	private void filterByColumns(WorkflowQuery query) {
		filterBy("requested_by", (query.requestedBy() != null) ? Set.of(query.requestedBy()) : Set.of());
		filterBy("phase", names(query.phases()));
		filterBy("status", names(query.statuses()));
		filterBy("connector_type", query.connectorTypes());
		filterBy("flow_health", names(query.flowHealths()));
	}

	private void filterBy(String column, Collection<String> values) {
		if (!values.isEmpty()) {
			var array = "cast(:%s as text[])".formatted(column);
			parameters.put(column, values.stream().sorted().toArray(String[]::new));
			var condition = "%s = any(%s)".formatted(column, array);
			var runs = "unnest(%s) as sought (value)".formatted(array);
			if (isIndexedByTime(column)) {
				leading.add(new Filter(condition, runs, "workflow", column, "id", time, "", values.size()));
			}
			else {
				siftsByColumn = true;
				unordered.add(new Filter(condition, runs, "workflow",
						"%1$s >= sought.value and %1$s <= sought.value".formatted(column), "id", time,
						column + ", created_at, id", 1));
			}
		}
	}

	/** Each index with the time of the update is written again by each update. */
	private boolean isIndexedByTime(String column) {
		return time.equals("created_at") || INDEXED_BY_UPDATE.contains(column);
	}

	private void filterByFlowName(@Nullable String prefix) {
		if (prefix != null) {
			parameters.put("prefix", prefix);
			parameters.put("beyond", prefix + LAST);
			unordered.add(ranged("flow_name ~>=~ :prefix and flow_name ~<~ :beyond", "flow_name using ~<~"));
		}
	}

	private void filterByTime(String column, @Nullable Instant from, @Nullable Instant to) {
		var range = new ArrayList<Bound>();
		if (from != null) {
			parameters.put(column + "From", from.atOffset(ZoneOffset.UTC));
			range.add(new Bound(false, ">=", ":" + column + "From"));
		}
		if (to != null) {
			parameters.put(column + "To", to.atOffset(ZoneOffset.UTC));
			range.add(new Bound(false, "<=", ":" + column + "To"));
		}
		if (column.equals(time)) {
			bounds.addAll(range);
		}
		else if (!range.isEmpty()) {
			unordered.add(ranged(and(range.stream().map(bound -> bound.of(column, "id"))), column));
		}
	}

	private Filter ranged(String condition, String indexOrder) {
		return new Filter(condition, ONE_RUN, "workflow", condition, "id", time, indexOrder, 1);
	}

	private static List<String> names(Collection<? extends Enum<?>> constants) {
		return constants.stream().map(Enum::name).toList();
	}

	/**
	 * Whether anything can be found at all: not in domains that the caller may not read.
	 */
	boolean isPossible() {
		return possible;
	}

	/** Whether a page takes no more than a look at what is on it. */
	boolean isExact() {
		return unordered.isEmpty() && unaided.isEmpty() && leading.size() <= 1;
	}

	/**
	 * Whether a page goes through workflows in the order asked for, to find those with a
	 * value that many may have.
	 */
	boolean siftsByColumn() {
		return siftsByColumn;
	}

	/** How many filters there are; one of a time counts once. */
	int filters() {
		return filters;
	}

	/** How many runs along an index a page is put together of. */
	int runs() {
		return first().runs();
	}

	/** For each unordered filter, how many it lets pass, up to a limit. */
	List<Statement> candidates(int limit) {
		return unordered.stream()
			.map(filter -> statement("select count(*) from (%s) as candidates".formatted(candidates(filter, limit))))
			.toList();
	}

	private static String candidates(Filter filter, int limit) {
		return """
				select distinct candidate.id from %s cross join lateral (
				  select %s as id from %s where %s order by %s limit %s) as candidate limit %s
				""".formatted(filter.from(), filter.id(), filter.table(), filter.match(), filter.indexOrder(), limit,
				limit);
	}

	/**
	 * A page of all that an unordered filter lets pass, which must be fewer than most.
	 * @param number the filter's place among {@link #candidates}
	 */
	Statement pageOfCandidates(int number, int most, int limit) {
		var few = unordered.get(number);
		var others = Stream.concat(leading.stream(), unordered.stream().filter(other -> other != few));
		return statement(
				"""
						select workflow.id, %s as at, status from (%s) as candidates join workflow on workflow.id = candidates.id
						where %s
						order by at %s, id %s limit %s
						"""
					.formatted(time, candidates(few, most),
							and(Stream.concat(conditions(others), bounds("workflow.id", time))), direction, direction,
							limit));
	}

	/**
	 * A page along an index.
	 * @param budget most rows looked at in each run
	 */
	Statement page(int budget, int limit) {
		var rows = first().isOfTags() ? "(%s limit %s) as run join workflow on workflow.id = workflow_id"
				: "(%s limit %s) as workflow";
		return statement("""
				select %s id, at, status from %s cross join lateral (
				  select workflow.id, at, status from %s
				  where %s
				  order by %s limit %s
				) as found
				order by at %s, id %s limit %s
				""".formatted((runs() > 1) ? "distinct" : "", first().from(), rows.formatted(run(), budget),
				and(conditions(Stream.concat(unordered.stream(), leading.stream().skip(1)))),
				order("workflow.id", "at"), limit, direction, direction, limit));
	}

	/**
	 * Where the first of those runs ended that used up their budget: beyond, a page is
	 * not complete.
	 */
	Statement end(int budget) {
		return statement("""
				select last.%s as id, at, null as status from %s cross join lateral (%s offset %s limit 1) as last
				order by at %s, id %s limit 1
				""".formatted(first().id(), first().from(), run(), budget - 1, direction, direction));
	}

	/**
	 * Said so that no index but the one that begins with the leading column is any good,
	 * and the run begins on it where the page does: other indexes may look cheaper to the
	 * planner, but only until a value is rare.
	 */
	private String run() {
		var first = first();
		if (!isAlongAColumn()) {
			return "select %s, %s as at from %s where %s order by %s".formatted(first.isOfTags() ? first.id() : "*",
					first.at(), first.table(),
					and(Stream.concat(Stream.of(first.match()), bounds(first.id(), first.at()))),
					order(first.id(), first.at()));
		}
		var column = first.match();
		var within = Stream.of("%s >= sought.value".formatted(column), "%s <= sought.value".formatted(column));
		return "select *, %s as at from workflow where %s order by %s".formatted(time,
				and(Stream.concat(within, bounds.stream().map(bound -> bound.after(column, time, "id")))),
				order("id", time));
	}

	private boolean isAlongAColumn() {
		return !leading.isEmpty() && !first().isOfTags();
	}

	/** Within one run, as its index has it. */
	private String order(String id, String at) {
		var columns = isAlongAColumn() ? Stream.of(first().match(), at, id) : Stream.of(at, id);
		return columns.map(column -> column + " " + direction).collect(Collectors.joining(", "));
	}

	private Filter first() {
		return leading.isEmpty() ? ranged("true", "") : leading.getFirst();
	}

	private Stream<String> bounds(String id, String at) {
		return bounds.stream().map(bound -> bound.of(at, id));
	}

	private Stream<String> conditions(Stream<Filter> filters) {
		return Stream.concat(filters.map(Filter::condition), unaided.stream());
	}

	private static String and(Stream<String> conditions) {
		return Stream.concat(Stream.of("true"), conditions).collect(Collectors.joining(" and "));
	}

	private Statement statement(String sql) {
		return new Statement(sql, parameters);
	}

	/**
	 * @param condition on a row of workflow, as one of several filters
	 * @param from the rows that each of its runs is led by
	 * @param table where it finds what it lets pass
	 * @param match how it does so in one run; for one of workflow's columns, just that
	 * @param id of the workflow in that table
	 * @param at the time there that its index is ordered by
	 * @param indexOrder of its index, where it is looked up without regard to time
	 */
	private record Filter(String condition, String from, String table, String match, String id, String at,
			String indexOrder, int runs) {

		boolean isOfTags() {
			return table.equals(TAGS);
		}

	}

	/**
	 * @param withId whether it is one of the time and the id together
	 */
	private record Bound(boolean withId, String operator, String values) {

		String of(String at, String id) {
			return "(%s) %s (%s)".formatted(withId ? at + ", " + id : at, operator, values);
		}

		String after(String column, String at, String id) {
			return "(%s, %s) %s (sought.value, %s)".formatted(column, withId ? at + ", " + id : at, operator, values);
		}

	}

	/**
	 * SQL and its parameters, of which it may need fewer.
	 */
	record Statement(String sql, Map<String, Object> parameters) {
	}

}
