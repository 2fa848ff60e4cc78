package io.profileworkflows.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * All attempts to create workflows at AWS. One is written before its call, so that none
 * is ever forgotten.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Attempts {

	/**
	 * Of workflows that are uncertain, not of those whose call is under way. Goes from
	 * the workflows to their attempts: the index of unresolved attempts is of no use
	 * while some session holds an old snapshot, since each attempt of that time is still
	 * in it. It is not used for a coalesce.
	 */
	static final String COUNT_UNRESOLVED = """
			select coalesce(sum((select count(*) from submission_attempt
			  where workflow_id = workflow.id and coalesce(outcome, 'UNKNOWN') = 'UNKNOWN' and absent_at is null)), 0)
			from workflow where phase in ('UNCONFIRMED', 'NEEDS_REVIEW')
			""";

	private final JdbcClient jdbc;

	Attempts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Writes down that attempts are about to be sent.
	 * @param numbers by the workflows, which are locked
	 * @param timeout after which they must not be sent any more
	 */
	void begin(Map<Workflow, Integer> numbers, Duration timeout) {
		var workflows = List.copyOf(numbers.keySet());
		jdbc.sql(
				"""
						insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name,
						  connector_type, connector_profile_name, role_arn)
						select workflow_id, number, clock_timestamp(), clock_timestamp() + cast(:timeout as interval), domain_name,
						  flow_name, connector_type, connector_profile_name, role_arn
						from unnest(:workflowIds::uuid[], :numbers::int[], :domainNames::text[], :flowNames::text[],
						  :connectorTypes::text[], :connectorProfileNames::text[], :roleArns::text[])
						  as begun (workflow_id, number, domain_name, flow_name, connector_type, connector_profile_name, role_arn)
						""")
			.param("timeout", timeout.toString())
			.param("workflowIds", texts(workflows, workflow -> workflow.id().toString()))
			.param("numbers", workflows.stream().map(numbers::get).toArray(Integer[]::new))
			.param("domainNames", texts(workflows, Workflow::domainName))
			.param("flowNames", texts(workflows, Workflow::flowName))
			.param("connectorTypes", texts(workflows, Workflow::connectorType))
			.param("connectorProfileNames", texts(workflows, Workflow::connectorProfileName))
			.param("roleArns", texts(workflows, Workflow::roleArn))
			.update();
	}

	/**
	 * Writes down what came of attempts, no matter who holds the work by now. What is
	 * certain is never overwritten.
	 */
	void answer(Collection<AttemptAnswer> answers) {
		jdbc.sql("""
				update submission_attempt set outcome = answer.outcome, remote_workflow_id = answer.remote_workflow_id,
				  reason = answer.reason, request_id = answer.request_id, answered_at = clock_timestamp()
				from unnest(:workflowIds::uuid[], :numbers::int[], :outcomes::text[], :remoteWorkflowIds::text[],
				  :reasons::text[], :requestIds::text[])
				  as answer (workflow_id, number, outcome, remote_workflow_id, reason, request_id)
				where submission_attempt.workflow_id = answer.workflow_id and submission_attempt.number = answer.number
				  and (submission_attempt.outcome is null or submission_attempt.outcome = 'UNKNOWN')
				""")
			.param("workflowIds", texts(answers, answer -> answer.workflow().toString()))
			.param("numbers", answers.stream().map(AttemptAnswer::number).toArray(Integer[]::new))
			.param("outcomes", texts(answers, answer -> outcome(answer.outcome()).name()))
			.param("remoteWorkflowIds", texts(answers, answer -> remoteWorkflowId(answer.outcome())))
			.param("reasons", texts(answers, answer -> reason(answer.outcome())))
			.param("requestIds", texts(answers, answer -> answer.outcome().requestId()))
			.update();
	}

	private static <T> @Nullable String[] texts(Collection<T> all, Function<T, @Nullable String> text) {
		return all.stream().map(text).toArray(String[]::new);
	}

	private static Attempt.Outcome outcome(CreateOutcome outcome) {
		return switch (outcome) {
			case CreateOutcome.Created _ -> Attempt.Outcome.CREATED;
			case CreateOutcome.Refused _ -> Attempt.Outcome.REFUSED;
			case CreateOutcome.NotSent _ -> Attempt.Outcome.NOT_SENT;
			case CreateOutcome.Unknown _ -> Attempt.Outcome.UNKNOWN;
		};
	}

	private static @Nullable String remoteWorkflowId(CreateOutcome outcome) {
		return (outcome instanceof CreateOutcome.Created created) ? created.workflowId() : null;
	}

	private static String reason(CreateOutcome outcome) {
		return switch (outcome) {
			case CreateOutcome.Created created -> created.message();
			case CreateOutcome.Refused(var code, var reason, var _) -> code + ": " + reason;
			case CreateOutcome.NotSent(var cause, var reason, var _, var _) -> cause + ": " + reason;
			case CreateOutcome.Unknown(var reason, var _) -> reason;
		};
	}

	/** In the order of their numbers. */
	List<Attempt> of(WorkflowId workflow) {
		return of(Set.of(workflow)).getOrDefault(workflow, List.of());
	}

	/**
	 * Those of many workflows; one without any is left out. One workflow after the other:
	 * a plan for all together, made before anything is known of the table, would read all
	 * of it.
	 */
	Map<WorkflowId, List<Attempt>> of(Set<WorkflowId> workflows) {
		var attempts = new HashMap<WorkflowId, List<Attempt>>();
		var attempt = new SimplePropertyRowMapper<>(Attempt.class);
		jdbc.sql(
				"""
						select number, started_at, deadline, outcome, remote_workflow_id, reason, request_id, absent_since, absent_at,
						  workflow_id
						from unnest(:workflowIds::uuid[]) as workflow (id) cross join lateral (
						  select * from submission_attempt where workflow_id = workflow.id offset 0) as attempt
						order by workflow_id, number
						""")
			.param("workflowIds", texts(workflows, WorkflowId::toString))
			.query((RowCallbackHandler) row -> attempts
				.computeIfAbsent(new WorkflowId(row.getObject("workflow_id", UUID.class)), _ -> new ArrayList<>())
				.add(attempt.mapRow(row, row.getRow())));
		return attempts;
	}

	@Transactional(propagation = Propagation.SUPPORTS)
	long countUnresolved() {
		return jdbc.sql(COUNT_UNRESOLVED).query(Long.class).single();
	}

	/**
	 * Writes down that a whole listing did not have what an unresolved attempt might have
	 * made.
	 */
	void missing(WorkflowId workflow, Instant since) {
		jdbc.sql("""
				update submission_attempt set absent_since = :since
				where workflow_id = :workflowId and (outcome is null or outcome = 'UNKNOWN') and absent_at is null
				  and absent_since is null
				""").param("since", since.atOffset(ZoneOffset.UTC)).param("workflowId", workflow.value()).update();
	}

	/**
	 * Writes down that nothing is uncertain about workflows any more: their unresolved
	 * attempts made nothing, or nothing but what they hold now.
	 */
	void absent(Collection<WorkflowId> workflows) {
		jdbc.sql("""
				update submission_attempt set absent_at = clock_timestamp()
				where workflow_id = any(:workflowIds::uuid[]) and (outcome is null or outcome = 'UNKNOWN')
				  and absent_at is null
				""").param("workflowIds", texts(workflows, WorkflowId::toString)).update();
	}

	void absent(WorkflowId workflow) {
		absent(Set.of(workflow));
	}

	/**
	 * Writes down that after a restore of the database nobody knows what was sent between
	 * the time of its copy and the begin of the recovery, when nobody was sending any
	 * more.
	 */
	void suppose(Workflow workflow, Instant since) {
		var number = Attempt.next(of(workflow.id()));
		begin(Map.of(workflow, number), Duration.ZERO);
		jdbc.sql(
				"""
						update submission_attempt set started_at = least(:since, started_at), outcome = 'UNKNOWN',
						  deadline = least(deadline, (select max(begun_at) from submission_recovery)),
						  reason = 'The database was restored; what was sent since is not known', answered_at = clock_timestamp()
						where workflow_id = :workflowId and number = :number
						""")
			.param("since", since.atOffset(ZoneOffset.UTC))
			.param("workflowId", workflow.id().value())
			.param("number", number)
			.update();
	}

	/** The clock that all times of attempts are read from. */
	Instant now() {
		return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
	}

}
