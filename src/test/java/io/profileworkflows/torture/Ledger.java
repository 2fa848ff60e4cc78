package io.profileworkflows.torture;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the service has written down, read past it.
 */
final class Ledger {

	private final JdbcClient jdbc;

	Ledger(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Workflows by FlowName. */
	Map<String, Entry> entries() {
		return jdbc.sql("""
				select flow_name, replace(id::text, '-', '') as workflow_id, phase, provenance, remote_workflow_id,
				  (select count(*) from submission_attempt where workflow_id = workflow.id) as attempts
				from workflow
				""")
			.query(Entry.class)
			.list()
			.stream()
			.collect(Collectors.toMap(Entry::flowName, entry -> entry, Ledger::never, TreeMap::new));
	}

	private static Entry never(Entry one, Entry other) {
		throw new AssertionError("Two workflows of one FlowName: %s and %s".formatted(one, other));
	}

	/** Workflows by phase. */
	Map<String, Long> phases() {
		return jdbc.sql("select phase, count(*) from workflow group by phase")
			.query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
	}

	/** Pieces of work that were given up. */
	int parked() {
		return jdbc.sql("select count(*) from outbox where parked_at is not null").query(Integer.class).single();
	}

	/** Attempts by outcome, with NONE for those of which nobody heard again. */
	Map<String, Long> outcomes() {
		return jdbc.sql("select coalesce(outcome, 'NONE'), count(*) from submission_attempt group by 1")
			.query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
	}

	/** The phases a workflow has been in, one after another. */
	List<String> path(String flowName) {
		return jdbc.sql("""
				select to_phase from workflow_history join workflow on workflow.id = workflow_id
				where flow_name = :flowName and from_phase is distinct from to_phase order by workflow_history.id
				""").param("flowName", flowName).query(String.class).list();
	}

	/**
	 * A workflow.
	 */
	record Entry(String flowName, String workflowId, String phase, @Nullable String provenance,
			@Nullable String remoteWorkflowId, int attempts) {

		boolean isAtAws() {
			return phase.equals("SUBMITTED") || phase.equals("FINISHED");
		}

	}

}
