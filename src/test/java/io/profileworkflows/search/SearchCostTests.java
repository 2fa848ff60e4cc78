package io.profileworkflows.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.Postgres;
import io.profileworkflows.search.SearchStatements.Statement;
import io.profileworkflows.search.WorkflowQuery.Order;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a search reads when there are many workflows, and what it finds. Under
 * {@code -Psoak} there are five million, and the plans are written to a file.
 */
@Tag("sql")
@OnTheSide
class SearchCostTests {

	private static final int WORKFLOWS = Integer.getInteger("search.workflows",
			Boolean.getBoolean("soak") ? 5_000_000 : 200_000);

	private static final int PAGE = 100;

	private static final JsonMapper JSON = new JsonMapper();

	private static final Map<String, String> PLANS = new TreeMap<>();

	private static JdbcClient jdbc;

	private final Explaining finder = new Explaining();

	/**
	 * The indexes of the search are built over what is there, as they are in an upgrade.
	 */
	@BeforeAll
	static void fill() {
		var database = Postgres.create("search");
		sortInMemory(database);
		var source = new SingleConnectionDataSource(database.getJdbcUrl(), database.getUsername(),
				database.getPassword(), true);
		Flyway.configure().dataSource(source).target("7").load().migrate();
		jdbc = JdbcClient.create(source);
		var indexes = dropIndexes();
		jdbc.sql("set session_replication_role = replica").update();
		jdbc.sql(
				"""
						insert into workflow (id, domain_name, flow_name, object_type_name, connector_type, role_arn, request,
						  request_digest, warnings, requested_by, phase, status, remote_workflow_id, provenance, created_at, updated_at,
						  version)
						select cast(lpad(to_hex(n), 12, '0') || '7' || substr(md5(n::text), 1, 19) as uuid),
						  case when n <= 3 then 'rare' else 'domain-' || n % 50 end,
						  case when n <= 4 then 'few-' || n when n % 200 = 0 and n <= 100000 then 'old-' || n
						    when n % 2 = 0 then 'retail-' || n else 'support-' || n end,
						  'Account',
						  case when n <= 10 then 'Marketo' when n % 10 = 0 then 'Servicenow' else 'Salesforce' end, 'arn', '{}', '', '[]',
						  case when n = 1 then 'rare' else 'team-' || n % 20 end,
						  case when n <= 5 then 'NEEDS_REVIEW' when n > :count - 2000 then 'SUBMITTED' else 'FINISHED' end,
						  case when n <= 5 then 'NOT_STARTED' when n > :count - 2000 then 'IN_PROGRESS'
						    when n % 100 = 0 then 'FAILED' when n = 7 then 'RETRY' else 'COMPLETE' end,
						  case when n > 5 then md5(n::text) end, case when n > 5 then 'CREATED' end,
						  timestamptz '2026-01-01 00:00:00Z' + n * interval '1 s',
						  timestamptz '2026-01-01 00:00:00Z' + n * interval '1 s' + abs(hashint8(n)) % 8640000 * interval '1 s', 1
						from generate_series(1, cast(:count as bigint)) as n
						""")
			.param("count", WORKFLOWS)
			.update();
		jdbc.sql("""
				insert into workflow_tag (workflow_id, key, value)
				select id, 'team', case when connector_type = 'Servicenow' then 'desk' else 'crm' end from workflow
				union all select id, 'audit', 'due' from workflow where created_at < timestamptz '2026-01-01 00:00:05Z'
				union all select id, 'wave', 'one' from workflow where flow_name like 'old-%'
				""").update();
		jdbc.sql("set session_replication_role = origin").update();
		indexes.forEach(index -> jdbc.sql(index).update());
		Postgres.migrate(database);
		jdbc.sql("vacuum analyze workflow, workflow_tag").update();
	}

	/** So that indexes over millions are built in minutes. */
	private static void sortInMemory(JdbcConnectionDetails database) {
		JdbcClient
			.create(new DriverManagerDataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword()))
			.sql("alter database search set maintenance_work_mem = '1GB'")
			.update();
	}

	/** To make them of what is there is much quicker. */
	private static List<String> dropIndexes() {
		var ofNoConstraint = """
				from pg_indexes where tablename in ('workflow', 'workflow_tag')
				  and indexname not in (select conname from pg_constraint)""";
		var indexes = jdbc.sql("select indexdef " + ofNoConstraint).query(String.class).list();
		jdbc.sql("select 'drop index ' || indexname " + ofNoConstraint)
			.query(String.class)
			.list()
			.forEach(drop -> jdbc.sql(drop).update());
		return indexes;
	}

	@AfterAll
	static void writePlans() throws IOException {
		if (Boolean.getBoolean("soak")) {
			var lines = PLANS.entrySet().stream().map(plan -> plan.getKey() + "\n" + plan.getValue()).toList();
			Files.write(Path.of("target/search-plans.txt"), lines);
		}
	}

	static Stream<Find> singleFilters() {
		return Stream.of(new Find("none"), new Find("domain").domains("domain-7"),
				new Find("domain, rare").domains("rare"), new Find("domain, unknown").domains("unknown"),
				new Find("domain, two").domains("rare", "domain-7"), new Find("status").statuses(Status.COMPLETE),
				new Find("status, rare").statuses(Status.RETRY), new Find("status, none").statuses(Status.SPLIT),
				new Find("status, two").statuses(Status.RETRY, Status.FAILED),
				new Find("status, some").statuses(Status.FAILED), new Find("phase").phases(Phase.FINISHED),
				new Find("phase, rare").phases(Phase.NEEDS_REVIEW), new Find("phase, none").phases(Phase.UNCONFIRMED),
				new Find("tag").tags("team:crm"), new Find("tag, some of long ago").tags("wave:one"),
				new Find("tag, rare").tags("audit:due"), new Find("tag, unknown").tags("audit:done"),
				new Find("flow name").flowName("retail-"), new Find("flow name, some of long ago").flowName("old-"),
				new Find("flow name, rare").flowName("few"), new Find("flow name, unknown").flowName("zzz"),
				new Find("connector").connectors("Salesforce"), new Find("connector, rare").connectors("Marketo"),
				new Find("connector, none").connectors("S3"), new Find("requester").requester("team-3"),
				new Find("requester, rare").requester("rare"), new Find("requester, unknown").requester("nobody"),
				new Find("created, all").created(second(0), null), new Find("created, few").created(null, second(4)),
				new Find("created, none").created(null, second(0)),
				new Find("created, a day of long ago").created(second(50_000), second(86_400 + 50_000)),
				new Find("updated, all").updated(second(0), null), new Find("updated, none").updated(null, second(0)),
				new Find("updated, an hour").updated(second(100_000), second(103_600)))
			.flatMap(find -> Stream.of(find.by(Order.CREATED, false), find.by(Order.CREATED, true),
					find.by(Order.UPDATED, false), find.by(Order.UPDATED, true)));
	}

	@ParameterizedTest
	@MethodSource("singleFilters")
	void readsFewRowsForTheFirstPageOfAnySingleFilter(Find find) {
		var found = finder.find(find.query(), null, PAGE);

		PLANS.put(find.toString(), String.join("\n", finder.plans));
		assertThat(finder.rows).as(() -> String.join("\n", finder.plans)).isLessThan(find.mostRows());
		if (found.next() == null) {
			assertThat(found.ids()).isEqualTo(expected(find, PAGE));
		}
		else {
			assertThat(expected(find, PAGE + 1)).hasSizeGreaterThan(found.ids().size())
				.satisfies(all -> assertThat(all.subList(0, found.ids().size())).isEqualTo(found.ids()));
		}
	}

	static Stream<Find> severalFilters() {
		return Stream
			.of(new Find("domain and status").domains("domain-0").statuses(Status.FAILED),
					new Find("two domains and two statuses").domains("rare", "domain-7")
						.statuses(Status.RETRY, Status.NOT_STARTED),
					new Find("tags").tags("team:crm", "wave:one"),
					new Find("tag and flow name").tags("team:desk").flowName("old-"),
					new Find("requester, connector and times").requester("team-0")
						.connectors("Servicenow", "Marketo")
						.created(second(1000), second(150_000))
						.updated(second(2000), second(1_000_000)))
			.flatMap(find -> Stream.of(find.by(Order.CREATED, false), find.by(Order.UPDATED, true)));
	}

	@ParameterizedTest
	@MethodSource("severalFilters")
	void findsAllOfThemOnceAndInOrderPageByPage(Find find) {
		var all = expected(find, Integer.MAX_VALUE);

		assertThat(pages(find.query())).isEqualTo(all);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rare                     |            | domain_name in ('rare')
			rare, domain-7           | domain-7   | domain_name in ('domain-7')
			rare                     | domain-7   | false
			domain_7*, r*e           |            | domain_name in ('rare')
			domain-4*                | domain-41  | domain_name in ('domain-41')
			                         |            | false
			""")
	void findsOnlyWhatTheCallerMayRead(String readable, String domain, String condition) {
		var patterns = (readable != null) ? readable.split(", ") : new String[0];
		var asked = new Find("requester").requester("team-7").query();
		var query = new WorkflowQuery(Wildcards.of(patterns), (domain != null) ? Set.of(domain) : Set.of(),
				asked.statuses(), asked.phases(), asked.tags(), null, asked.connectorTypes(), asked.flowHealths(),
				asked.requestedBy(), null, null, null, null, Order.CREATED, true);

		assertThat(pages(query))
			.isEqualTo(jdbc.sql("select id from workflow where requested_by = 'team-7' and %s order by created_at, id"
				.formatted(condition)).query(UUID.class).list());
		assertThat(finder.countByStatus(query).byStatus().values().stream().mapToLong(Long::longValue).sum())
			.isLessThanOrEqualTo(pages(query).size());
	}

	@Test
	void comesToTheEndOfAPrefixThroughPagesThatAreNotFull() {
		var find = new Find("flow name").flowName("old-").by(Order.CREATED, true);

		assertThat(pages(find.query())).isEqualTo(expected(find, Integer.MAX_VALUE));
	}

	@Test
	void countsByStatus() {
		var find = new Find("domain").domains("rare", "domain-7")
			.statuses(Status.RETRY, Status.NOT_STARTED)
			.created(null, second(1000));

		var counts = finder.countByStatus(find.query());

		assertThat(counts.byStatus()).isEqualTo(Map.of(Status.RETRY, 1L, Status.NOT_STARTED, 3L));
		assertThat(counts.complete()).isTrue();
	}

	@Test
	void countsNoFurtherThanItSays() {
		var counts = finder.countByStatus(new Find("all").query());

		assertThat(counts.complete()).isFalse();
		assertThat(counts.byStatus().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(10_000);
		assertThat(finder.rows).isLessThan(50_000);
	}

	private List<UUID> pages(WorkflowQuery query) {
		var found = new ArrayList<UUID>();
		Cursor next = null;
		do {
			var page = new SearchQueries(jdbc).find(query, next, PAGE);
			found.addAll(page.ids());
			next = page.next();
		}
		while (next != null);
		return found;
	}

	private static Instant second(long number) {
		return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
	}

	/** The same question, put without any thought of its cost. */
	private static List<UUID> expected(Find find, int limit) {
		var query = find.query();
		var direction = query.ascending() ? "asc" : "desc";
		return jdbc.sql("""
				select id from workflow where true %s order by %s %s, id %s limit %d
				""".formatted(find.naive(), query.order().column(), direction, direction, limit))
			.query(UUID.class)
			.list();
	}

	/** Runs each statement once to see what it reads, and once more. */
	private static final class Explaining extends SearchQueries {

		private final List<String> plans = new ArrayList<>();

		private double rows;

		Explaining() {
			super(jdbc);
		}

		@Override
		List<Place> places(Statement statement) {
			explain(statement);
			return super.places(statement);
		}

		@Override
		long count(Statement statement) {
			explain(statement);
			return super.count(statement);
		}

		private void explain(Statement statement) {
			var plan = JSON.readTree(jdbc.sql("explain (analyze, format json) " + statement.sql())
				.params(statement.parameters())
				.query(String.class)
				.single());
			read(plan.path(0).path("Plan"), "  ", plans::add);
		}

		private void read(JsonNode node, String indent, Consumer<String> told) {
			var read = 0.0;
			if (node.path("Node Type")
				.stringValue()
				.matches("(Seq|Index|Index Only|Bitmap Heap|Bitmap Index|Tid) Scan")) {
				read = (node.path("Actual Rows").asDouble() + node.path("Rows Removed by Filter").asDouble()
						+ node.path("Rows Removed by Index Recheck").asDouble()) * node.path("Actual Loops").asDouble();
			}
			rows += read;
			told.accept("%s%s %s: %.0f".formatted(indent, node.path("Node Type").stringValue(),
					node.path("Index Name").asString(node.path("Relation Name").asString("")), read));
			node.path("Plans").forEach(child -> read(child, indent + "  ", told));
		}

	}

	/**
	 * A question, as the service is asked it and as anybody would put it in SQL.
	 */
	private record Find(String name, WorkflowQuery query, String naive) {

		Find(String name) {
			this(name, query(Set.of(), Set.of(), Set.of(), Set.of(), null, Set.of(), null), "");
		}

		Find domains(String... names) {
			return with(query(Set.of(names), query.statuses(), query.phases(), query.tags(), query.flowNamePrefix(),
					query.connectorTypes(), query.requestedBy()), in("domain_name", List.of(names)));
		}

		Find statuses(Status... statuses) {
			return with(query(query.domainNames(), Set.of(statuses), query.phases(), query.tags(),
					query.flowNamePrefix(), query.connectorTypes(), query.requestedBy()),
					in("status", List.of(statuses)));
		}

		Find phases(Phase... phases) {
			return with(query(query.domainNames(), query.statuses(), Set.of(phases), query.tags(),
					query.flowNamePrefix(), query.connectorTypes(), query.requestedBy()), in("phase", List.of(phases)));
		}

		Find tags(String... tags) {
			var conditions = new StringBuilder();
			for (var tag : tags) {
				conditions.append(" and id in (select workflow_id from workflow_tag where key || ':' || value = '%s')"
					.formatted(tag));
			}
			return with(
					query(query.domainNames(), query.statuses(), query.phases(), new HashSet<>(List.of(tags)),
							query.flowNamePrefix(), query.connectorTypes(), query.requestedBy()),
					conditions.toString());
		}

		Find flowName(String prefix) {
			return with(
					query(query.domainNames(), query.statuses(), query.phases(), query.tags(), prefix,
							query.connectorTypes(), query.requestedBy()),
					" and starts_with(flow_name, '%s')".formatted(prefix));
		}

		Find connectors(String... types) {
			return with(query(query.domainNames(), query.statuses(), query.phases(), query.tags(),
					query.flowNamePrefix(), Set.of(types), query.requestedBy()), in("connector_type", List.of(types)));
		}

		Find requester(String name) {
			return with(query(query.domainNames(), query.statuses(), query.phases(), query.tags(),
					query.flowNamePrefix(), query.connectorTypes(), name), in("requested_by", List.of(name)));
		}

		Find created(@Nullable Instant from, @Nullable Instant to) {
			return with(new WorkflowQuery(query.readable(), query.domainNames(), query.statuses(), query.phases(),
					query.tags(), query.flowNamePrefix(), query.connectorTypes(), query.flowHealths(),
					query.requestedBy(), from, to, query.updatedFrom(), query.updatedTo(), query.order(),
					query.ascending()), between("created_at", from, to));
		}

		Find updated(@Nullable Instant from, @Nullable Instant to) {
			return with(new WorkflowQuery(query.readable(), query.domainNames(), query.statuses(), query.phases(),
					query.tags(), query.flowNamePrefix(), query.connectorTypes(), query.flowHealths(),
					query.requestedBy(), query.createdFrom(), query.createdTo(), from, to, query.order(),
					query.ascending()), between("updated_at", from, to));
		}

		/**
		 * No index has these columns in the order of the updates: a page sorts a thousand
		 * or goes through ten thousand twice, to find what is on it and where it ends.
		 */
		int mostRows() {
			var isOfColumn = !query.statuses().isEmpty() || !query.phases().isEmpty()
					|| !query.connectorTypes().isEmpty() || query.requestedBy() != null;
			return (isOfColumn && query.order() == Order.UPDATED) ? 22_000 : 1000;
		}

		Find by(Order order, boolean ascending) {
			return new Find("%s, by %s %s".formatted(name, order.column(), ascending ? "ascending" : "descending"),
					new WorkflowQuery(query.readable(), query.domainNames(), query.statuses(), query.phases(),
							query.tags(), query.flowNamePrefix(), query.connectorTypes(), query.flowHealths(),
							query.requestedBy(), query.createdFrom(), query.createdTo(), query.updatedFrom(),
							query.updatedTo(), order, ascending),
					naive);
		}

		private Find with(WorkflowQuery more, String condition) {
			return new Find(name, more, naive + condition);
		}

		private static WorkflowQuery query(Set<String> domains, Set<Status> statuses, Set<Phase> phases,
				Set<String> tags, @Nullable String flowName, Set<String> connectors, @Nullable String requester) {
			return new WorkflowQuery(Wildcards.EVERYTHING, domains, statuses, phases, tags, flowName, connectors,
					Set.of(), requester, null, null, null, null, Order.CREATED, false);
		}

		private static String in(String column, List<?> values) {
			return " and %s in ('%s')".formatted(column,
					String.join("', '", values.stream().map(Object::toString).toList()));
		}

		private static String between(String column, @Nullable Instant from, @Nullable Instant to) {
			return ((from != null) ? " and %s >= '%s'".formatted(column, from) : "")
					+ ((to != null) ? " and %s <= '%s'".formatted(column, to) : "");
		}

		@Override
		public String toString() {
			return name;
		}

	}

}
