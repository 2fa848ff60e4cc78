package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which workflow holds which FlowName. AppFlow's flow names are unique per account and
 * Region, so a second workflow of the same name could only fail later, at AWS.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class FlowNames {

	private final JdbcClient jdbc;

	private final Clock clock;

	FlowNames(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Reserves a name for a workflow.
	 * @return the workflow that holds it already, or nothing when it is reserved now
	 */
	Optional<WorkflowId> reserve(String flowName, WorkflowId workflow) {
		while (!isReserved(flowName, workflow)) {
			var holder = holderOf(flowName);
			if (holder.isPresent()) {
				return holder;
			}
		}
		return Optional.empty();
	}

	Optional<WorkflowId> holderOf(String flowName) {
		return jdbc.sql("select workflow_id from flow_name_reservation where flow_name = :flowName")
			.param("flowName", flowName)
			.query(UUID.class)
			.optional()
			.map(WorkflowId::new);
	}

	/**
	 * Finds the reserved names with which any of these begins, and who holds them.
	 */
	Map<String, WorkflowId> beginningsOf(Collection<String> flowNames) {
		var beginnings = flowNames.stream().flatMap(FlowNames::beginnings).distinct().toArray(String[]::new);
		return jdbc.sql("select flow_name, workflow_id from flow_name_reservation where flow_name = any(:beginnings)")
			.param("beginnings", beginnings)
			.query((row, _) -> Map.entry(row.getString(1), new WorkflowId(row.getObject(2, UUID.class))))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static Stream<String> beginnings(String name) {
		return IntStream.rangeClosed(1, name.length()).mapToObj(length -> name.substring(0, length));
	}

	/** Lets another workflow hold what one holds, without a moment in between. */
	boolean pass(Workflow holder, WorkflowId next) {
		return jdbc.sql(
				"update flow_name_reservation set workflow_id = :next where flow_name = :flowName and workflow_id = :holder")
			.param("next", next.value())
			.param("flowName", holder.flowName())
			.param("holder", holder.id().value())
			.update() == 1;
	}

	void release(Workflow workflow) {
		jdbc.sql("delete from flow_name_reservation where flow_name = :flowName and workflow_id = :workflowId")
			.param("flowName", workflow.flowName())
			.param("workflowId", workflow.id().value())
			.update();
	}

	private boolean isReserved(String flowName, WorkflowId workflow) {
		return jdbc.sql("""
				insert into flow_name_reservation (flow_name, workflow_id, reserved_at)
				values (:flowName, :workflowId, :now) on conflict do nothing
				""")
			.param("flowName", flowName)
			.param("workflowId", workflow.value())
			.param("now", clock.instant().atOffset(ZoneOffset.UTC))
			.update() == 1;
	}

}
