package io.profileworkflows.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.database.Columns;
import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
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

	private final JdbcOperations statements;

	Attempts(JdbcClient jdbc, JdbcOperations statements) {
		this.jdbc = jdbc;
		this.statements = statements;
	}

	/**
	 * Writes down that attempts are about to be sent.
	 * @param numbers by the workflows, which are locked
	 * @param timeout after which they must not be sent any more
	 */
	void begin(RoundTrip trip, Map<Workflow, Integer> numbers, Duration timeout) {
		var workflows = List.copyOf(numbers.keySet());
		trip.update(
				"""
						insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name,
						  connector_type, connector_profile_name, role_arn)
						select workflow_id, number, clock_timestamp(), clock_timestamp() + cast(:timeout as interval), domain_name,
						  flow_name, connector_type, connector_profile_name, role_arn
						from unnest(:workflowIds::uuid[], :numbers::int[], :domainNames::text[], :flowNames::text[],
						  :connectorTypes::text[], :connectorProfileNames::text[], :roleArns::text[])
						  as begun (workflow_id, number, domain_name, flow_name, connector_type, connector_profile_name, role_arn)
						""",
				new MapSqlParameterSource("timeout", timeout.toString())
					.addValue("workflowIds", Columns.texts(workflows, Workflow::id))
					.addValue("numbers", Columns.numbers(workflows, numbers::get))
					.addValue("domainNames", Columns.texts(workflows, Workflow::domainName))
					.addValue("flowNames", Columns.texts(workflows, Workflow::flowName))
					.addValue("connectorTypes", Columns.texts(workflows, Workflow::connectorType))
					.addValue("connectorProfileNames", Columns.texts(workflows, Workflow::connectorProfileName))
					.addValue("roleArns", Columns.texts(workflows, Workflow::roleArn)));
	}

	/**
	 * Writes down what came of attempts, no matter who holds the work by now. What is
	 * certain is never overwritten.
	 */
	void answer(RoundTrip trip, Collection<AttemptAnswer> answers) {
		trip.update("""
				update submission_attempt set outcome = answer.outcome, remote_workflow_id = answer.remote_workflow_id,
				  reason = answer.reason, request_id = answer.request_id, answered_at = clock_timestamp()
				from unnest(:workflowIds::uuid[], :numbers::int[], :outcomes::text[], :remoteWorkflowIds::text[],
				  :reasons::text[], :requestIds::text[])
				  as answer (workflow_id, number, outcome, remote_workflow_id, reason, request_id)
				where submission_attempt.workflow_id = answer.workflow_id and submission_attempt.number = answer.number
				  and (submission_attempt.outcome is null or submission_attempt.outcome = 'UNKNOWN')
				""",
				new MapSqlParameterSource("workflowIds", Columns.texts(answers, AttemptAnswer::workflow))
					.addValue("numbers", Columns.numbers(answers, AttemptAnswer::number))
					.addValue("outcomes", Columns.texts(answers, answer -> Attempt.Outcome.of(answer.outcome())))
					.addValue("remoteWorkflowIds", Columns.texts(answers, answer -> remoteWorkflowId(answer.outcome())))
					.addValue("reasons", Columns.texts(answers, answer -> reason(answer.outcome())))
					.addValue("requestIds", Columns.texts(answers, answer -> answer.outcome().requestId())));
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
		var trip = new RoundTrip(statements);
		var found = of(trip, Set.of(workflow));
		trip.make();
		return found.get().getOrDefault(workflow, List.of());
	}

	/** Those of many workflows; one without any is left out. */
	Supplier<Map<WorkflowId, List<Attempt>>> of(RoundTrip trip, Collection<WorkflowId> workflows) {
		return of(trip, ":workflowIds::uuid[]",
				new MapSqlParameterSource("workflowIds", Columns.texts(workflows, Function.identity())));
	}

	/** The same for the workflows that the trip has claimed work for. */
	Supplier<Map<WorkflowId, List<Attempt>>> ofClaimed(RoundTrip trip) {
		return of(trip, Outbox.CLAIMED + "::uuid[]", new MapSqlParameterSource());
	}

	/**
	 * One workflow after the other: a plan for all together, made before anything is
	 * known of the table, would read all of it.
	 */
	private static Supplier<Map<WorkflowId, List<Attempt>>> of(RoundTrip trip, String workflows,
			MapSqlParameterSource parameters) {
		var attempt = new SimplePropertyRowMapper<>(Attempt.class);
		var rows = trip.query(
				"""
						select number, started_at, deadline, outcome, remote_workflow_id, reason, request_id, absent_since, absent_at,
						  workflow_id
						from unnest(%s) as workflow (id) cross join lateral (
						  select * from submission_attempt where workflow_id = workflow.id offset 0) as attempt
						order by workflow_id, number
						"""
					.formatted(workflows),
				parameters, (row, number) -> Map.entry(new WorkflowId(row.getObject("workflow_id", UUID.class)),
						attempt.mapRow(row, number)));
		return () -> rows.get()
			.stream()
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
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
	void absent(RoundTrip trip, Collection<WorkflowId> workflows) {
		trip.update("""
				update submission_attempt set absent_at = clock_timestamp()
				where workflow_id = any(:workflowIds::uuid[]) and (outcome is null or outcome = 'UNKNOWN')
				  and absent_at is null
				""", new MapSqlParameterSource("workflowIds", Columns.texts(workflows, Function.identity())));
	}

	void absent(WorkflowId workflow) {
		var trip = new RoundTrip(statements);
		absent(trip, Set.of(workflow));
		trip.make();
	}

	/**
	 * Writes down that after a restore of the database nobody knows what was sent between
	 * the time of its copy and the begin of the recovery, when nobody was sending any
	 * more.
	 */
	void suppose(Workflow workflow, Instant since) {
		var number = Attempt.next(of(workflow.id()));
		var trip = new RoundTrip(statements);
		begin(trip, Map.of(workflow, number), Duration.ZERO);
		trip.update(
				"""
						update submission_attempt set started_at = least(:since, started_at), outcome = 'UNKNOWN',
						  deadline = least(deadline, (select max(begun_at) from submission_recovery)),
						  reason = 'The database was restored; what was sent since is not known', answered_at = clock_timestamp()
						where workflow_id = :workflowId and number = :number
						""",
				new MapSqlParameterSource("since", since.atOffset(ZoneOffset.UTC))
					.addValue("workflowId", workflow.id().value())
					.addValue("number", number));
		trip.make();
	}

	/** The clock that all times of attempts are read from. */
	Instant now() {
		return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
	}

}
