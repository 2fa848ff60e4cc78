package io.profileworkflows.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

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

	private final JdbcClient jdbc;

	Attempts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Writes down that an attempt is about to be sent.
	 * @param timeout after which it must not be sent any more
	 * @return its number
	 */
	int begin(Workflow workflow, Duration timeout) {
		return jdbc.sql("""
				insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name,
				  connector_type, connector_profile_name, role_arn)
				select :workflowId, coalesce(max(number), 0) + 1, clock_timestamp(),
				  clock_timestamp() + cast(:timeout as interval), :domainName, :flowName, :connectorType,
				  :connectorProfileName, :roleArn
				from submission_attempt where workflow_id = :workflowId
				returning number
				""")
			.param("workflowId", workflow.id().value())
			.param("timeout", timeout.toString())
			.param("domainName", workflow.domainName())
			.param("flowName", workflow.flowName())
			.param("connectorType", workflow.connectorType())
			.param("connectorProfileName", workflow.connectorProfileName())
			.param("roleArn", workflow.roleArn())
			.query(Integer.class)
			.single();
	}

	/**
	 * Writes down what came of an attempt, whoever holds the work by now. What is certain
	 * is never overwritten.
	 */
	void answer(WorkflowId workflow, int number, CreateOutcome outcome) {
		switch (outcome) {
			case CreateOutcome.Created(var id, var message, var requestId) ->
				answer(workflow, number, Attempt.Outcome.CREATED, id, message, requestId);
			case CreateOutcome.Refused(var code, var reason, var requestId) ->
				answer(workflow, number, Attempt.Outcome.REFUSED, null, code + ": " + reason, requestId);
			case CreateOutcome.NotSent(var cause, var reason, var requestId, var _) ->
				answer(workflow, number, Attempt.Outcome.NOT_SENT, null, cause + ": " + reason, requestId);
			case CreateOutcome.Unknown(var reason, var requestId) ->
				answer(workflow, number, Attempt.Outcome.UNKNOWN, null, reason, requestId);
		}
	}

	List<Attempt> of(WorkflowId workflow) {
		return jdbc
			.sql("""
					select number, started_at, deadline, outcome, remote_workflow_id, reason, request_id, absent_since, absent_at
					from submission_attempt where workflow_id = :workflowId order by number
					""")
			.param("workflowId", workflow.value())
			.query(Attempt.class)
			.list();
	}

	@Transactional(propagation = Propagation.SUPPORTS)
	long countUnresolved() {
		return jdbc.sql("""
				select count(*) from submission_attempt
				where (outcome is null or outcome = 'UNKNOWN') and absent_at is null
				""").query(Long.class).single();
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
	 * Writes down that nothing is uncertain about a workflow any more: its unresolved
	 * attempts made nothing, or nothing but what it holds now.
	 */
	void absent(WorkflowId workflow) {
		jdbc.sql("""
				update submission_attempt set absent_at = clock_timestamp()
				where workflow_id = :workflowId and (outcome is null or outcome = 'UNKNOWN') and absent_at is null
				""").param("workflowId", workflow.value()).update();
	}

	/**
	 * Writes down that after a restore of the database nobody knows what was sent between
	 * the time of its copy and the begin of the recovery, when nobody was sending any
	 * more.
	 */
	void suppose(Workflow workflow, Instant since) {
		var number = begin(workflow, Duration.ZERO);
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

	private void answer(WorkflowId workflow, int number, Attempt.Outcome outcome, @Nullable String remoteWorkflowId,
			String reason, @Nullable String requestId) {
		jdbc.sql(
				"""
						update submission_attempt set outcome = :outcome, remote_workflow_id = :remoteWorkflowId, reason = :reason,
						  request_id = :requestId, answered_at = clock_timestamp()
						where workflow_id = :workflowId and number = :number and (outcome is null or outcome = 'UNKNOWN')
						""")
			.param("outcome", outcome.name())
			.param("remoteWorkflowId", remoteWorkflowId)
			.param("reason", reason)
			.param("requestId", requestId)
			.param("workflowId", workflow.value())
			.param("number", number)
			.update();
	}

}
