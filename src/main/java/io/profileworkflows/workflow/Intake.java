package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes new workflows in: key, FlowName, workflow, tags and the first entry of the
 * history in one statement, since each trip to the database costs more than the rows do.
 * Correct on any number of replicas: the second of two that want the same waits for the
 * first one's transaction, by the primary keys.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Intake {

	/** Each part is written only if the one before it was. */
	private static final String ADD = """
			with claimed as (
			  insert into idempotency_key (caller, key, request_digest, workflow_id, created_at)
			  select :requestedBy, cast(:key as text), :digest, :id, :now where cast(:key as text) is not null
			  on conflict do nothing
			  returning key
			), reserved as (
			  insert into flow_name_reservation (flow_name, workflow_id, reserved_at)
			  select :flowName, :id, :now where cast(:key as text) is null or exists (select from claimed)
			  on conflict do nothing
			  returning flow_name
			), added as (
			  insert into workflow (id, domain_name, flow_name, object_type_name, connector_type, connector_profile_name,
			    role_arn, request, request_digest, warnings, requested_by, phase, status, created_at, updated_at, version)
			  select :id, :domainName, :flowName, :objectTypeName, :connectorType, :connectorProfileName,
			    :roleArn, cast(:request as jsonb), :digest, cast(:warnings as jsonb), :requestedBy, :phase, :status,
			    :createdAt, :createdAt, :version
			  from reserved
			  returning id, phase, status, created_at
			), tagged as (
			  insert into workflow_tag (workflow_id, key, value, created_at)
			  select id, tag.key, tag.value, created_at
			  from added, unnest(cast(:tagKeys as text[]), cast(:tagValues as text[])) as tag (key, value)
			), noted as (
			  insert into workflow_history (workflow_id, at, to_phase, status, reason, actor)
			  select id, :now, phase, status, :reason, :actor from added
			)
			select case when exists (select from added) then 'ADDED'
			  when cast(:key as text) is null or exists (select from claimed) then 'NAME_TAKEN'
			  else 'KEY_TAKEN' end
			""";

	private final JdbcClient jdbc;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Intake(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Adds a workflow unless its key or its FlowName is taken. A key that was free is
	 * taken even if the FlowName is not.
	 */
	Result add(Workflow workflow, byte[] digest, @Nullable IdempotencyKey key, Cause cause) {
		var tags = workflow.tags();
		var result = jdbc.sql(ADD)
			.param("key", (key != null) ? key.value() : null)
			.param("digest", digest)
			.param("id", workflow.id().value())
			.param("now", clock.instant().atOffset(ZoneOffset.UTC))
			.param("domainName", workflow.domainName())
			.param("flowName", workflow.flowName())
			.param("objectTypeName", workflow.objectTypeName())
			.param("connectorType", workflow.connectorType())
			.param("connectorProfileName", workflow.connectorProfileName())
			.param("roleArn", workflow.roleArn())
			.param("request", workflow.request())
			.param("warnings", workflow.warnings())
			.param("requestedBy", workflow.requestedBy())
			.param("phase", workflow.phase().name())
			.param("status", workflow.status().name())
			.param("createdAt", workflow.createdAt().atOffset(ZoneOffset.UTC))
			.param("version", workflow.version())
			.param("tagKeys", tags.keySet().toArray(String[]::new))
			.param("tagValues", tags.values().toArray(String[]::new))
			.param("reason", cause.reason())
			.param("actor", cause.actor())
			.query(Result.class)
			.single();
		if (result == Result.ADDED) {
			events.publishEvent(Transition.of(workflow, null, cause));
		}
		return result;
	}

	/** What came of it. */
	enum Result {

		ADDED, KEY_TAKEN, NAME_TAKEN

	}

}
