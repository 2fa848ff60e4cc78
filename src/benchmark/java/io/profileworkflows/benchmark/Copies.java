package io.profileworkflows.benchmark;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Many workflows from one: all its rows again and again, for domains in turn, with names
 * and ids of their own. Whatever columns there are, the copies have them, too.
 */
final class Copies {

	private static final Map<String, Map<String, String>> TABLES = Map
		.of("workflow", Map.ofEntries(Map.entry("id", "made.id"), Map.entry("domain_name", "made.domain"),
				Map.entry("flow_name", "made.flow"), Map.entry("request", """
						jsonb_set(jsonb_set(original.request, '{DomainName}', to_jsonb(made.domain)),
						  '{IntegrationConfig,AppflowIntegration,FlowDefinition,FlowName}', to_jsonb(made.flow))"""),
				Map.entry("remote_workflow_id",
						"case when original.remote_workflow_id is not null then md5('remote' || made.flow) end"),
				Map.entry("created_at", "made.at"), Map.entry("updated_at", "made.at")), "workflow_tag",
				Map.of("workflow_id", "made.id", "created_at", "made.at"), "workflow_history",
				Map.of("id", "nextval(pg_get_serial_sequence('workflow_history', 'id'))", "workflow_id", "made.id",
						"at", "made.at"),
				"flow_name_reservation", Map.of("flow_name", "made.flow", "workflow_id", "made.id"), "idempotency_key",
				Map.of("key", "made.flow", "workflow_id", "made.id", "created_at", "made.at"), "submission_attempt",
				Map.of("workflow_id", "made.id", "domain_name", "made.domain", "flow_name", "made.flow", "started_at",
						"made.at", "answered_at", "made.at", "remote_workflow_id",
						"case when original.remote_workflow_id is not null then md5('remote' || made.flow) end"),
				"outbox", Map.of("subject", "replace(made.id::text, '-', '')", "domain", "made.domain", "due_at",
						"made.at", "added_at", "made.at"));

	private final JdbcClient jdbc;

	private final TransactionOperations transaction;

	Copies(JdbcClient jdbc, TransactionOperations transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/**
	 * @param names that all copies' FlowNames begin with
	 * @param age of the oldest; the others are younger, evenly
	 */
	void make(UUID original, int number, String names, String age) {
		transaction.executeWithoutResult(_ -> {
			// what refers to what need not be looked up, and nothing be filled in
			jdbc.sql("set local session_replication_role = replica").update();
			jdbc.sql("""
					create temporary table made on commit drop as
					select uuidv7(age) as id, 'bench-' || to_char(n %% %1$d, 'FM00') as domain,
					  '%2$s' || n as flow, clock_timestamp() + age as at
					from (select n, cast(:age as interval) * (1 - n / cast(:number + 1 as float)) * -1 as age
					  from generate_series(1, cast(:number as int)) as n) as made
					""".formatted(Requests.DOMAINS, names)).param("number", number).param("age", age).update();
			TABLES.keySet().forEach(table -> copy(table, original));
		});
	}

	private void copy(String table, UUID original) {
		var columns = columns(table);
		var own = TABLES.get(table);
		var values = columns.stream()
			.map(column -> own.getOrDefault(column, "original." + column))
			.collect(Collectors.joining(", "));
		var key = switch (table) {
			case "workflow" -> "original.id = :original";
			case "outbox" -> "original.subject = replace(cast(:original as text), '-', '')";
			default -> "original.workflow_id = :original";
		};
		jdbc.sql("insert into %1$s (%2$s) overriding system value select %3$s from %1$s as original, made where %4$s"
			.formatted(table, String.join(", ", columns), values, key)).param("original", original).update();
	}

	private List<String> columns(String table) {
		return jdbc.sql("""
				select column_name from information_schema.columns
				where table_schema = 'public' and table_name = :table order by ordinal_position
				""").param("table", table).query(String.class).list();
	}

}
