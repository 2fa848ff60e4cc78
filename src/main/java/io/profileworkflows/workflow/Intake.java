package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.profileworkflows.database.Columns;
import io.profileworkflows.database.Failure;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.outbox.NewWork;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.workflow.Arrival.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes new workflows in, many at once: keys, FlowNames, workflows, tags and the first
 * entries of the history in one statement, and their work in another, since each trip to
 * the database costs more than the rows do. Correct on any number of replicas: the second
 * of two that want the same waits for the first one's transaction, by the primary keys.
 * Keys come before names, and both in their order, so that no two wait for each other.
 */
@Repository
@Transactional
class Intake {

	/**
	 * Each part is written only if the one before it was. How long to wait for others is
	 * set before the first of them, which spares a statement of its own.
	 */
	private static final String ADD = """
			with arrival as materialized (
			  select id::uuid, phase, requested_by, key, digest, domain_name, flow_name, object_type_name, connector_type,
			    connector_profile_name, role_arn, request, warnings, created_at::timestamptz, reason
			  from unnest(:ids::text[], :phases::text[], :requestedBy::text[], :keys::text[], :digests::bytea[], :domainNames::text[],
			    :flowNames::text[], :objectTypeNames::text[], :connectorTypes::text[], :connectorProfileNames::text[],
			    :roleArns::text[], :requests::text[], :warnings::text[], :createdAt::text[], :reasons::text[])
			    as arrival (id, phase, requested_by, key, digest, domain_name, flow_name, object_type_name, connector_type,
			      connector_profile_name, role_arn, request, warnings, created_at, reason),
			    set_config('lock_timeout', :patience, true)
			), claimed as (
			  insert into idempotency_key (caller, key, request_digest, workflow_id, created_at)
			  select requested_by, key, digest, id, :now from arrival where key is not null
			  order by requested_by, key
			  on conflict do nothing
			  returning workflow_id
			), reserved as (
			  insert into flow_name_reservation (flow_name, workflow_id, reserved_at)
			  select flow_name, id, :now from arrival
			  where key is null or id in (select workflow_id from claimed)
			  order by flow_name
			  on conflict do nothing
			  returning workflow_id
			), added as (
			  insert into workflow (id, domain_name, flow_name, object_type_name, connector_type, connector_profile_name,
			    role_arn, request, request_digest, warnings, requested_by, phase, status, created_at, updated_at, version)
			  select id, domain_name, flow_name, object_type_name, connector_type, connector_profile_name,
			    role_arn, request::jsonb, digest, warnings::jsonb, requested_by, phase, :status,
			    created_at, created_at, :version
			  from arrival where id in (select workflow_id from reserved)
			  returning id, created_at
			), tagged as (
			  insert into workflow_tag (workflow_id, key, value, created_at)
			  select added.id, tag.key, tag.value, added.created_at
			  from unnest(:taggedIds::text[], :tagKeys::text[], :tagValues::text[]) as tag (id, key, value)
			    join added on added.id = tag.id::uuid
			), noted as (
			  insert into workflow_history (workflow_id, at, to_phase, status, reason, actor)
			  select id, :now, :accepted, :status, reason, requested_by
			  from arrival where id in (select workflow_id from reserved)
			)
			select id, case when id in (select id from added) then 'ADDED'
			  when key is null or id in (select workflow_id from claimed) then 'NAME_TAKEN'
			  else 'KEY_TAKEN' end as outcome
			from arrival
			""";

	/** For a lock, in a group: others wait meanwhile. */
	private static final String PATIENCE_OF_GROUP = "200ms";

	private static final String PATIENCE = "2s";

	private final JdbcClient jdbc;

	private final WorkflowTable table;

	private final Outbox outbox;

	/** Its own needs what is stored here, and so comes later. */
	private final ObjectProvider<HeadStart> headStarts;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Intake(JdbcClient jdbc, WorkflowTable table, Outbox outbox, ObjectProvider<HeadStart> headStarts,
			ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.table = table;
		this.headStarts = headStarts;
		this.outbox = outbox;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Adds those workflows whose key and FlowName are free; of the others nothing is
	 * kept. Waits, for 2 seconds at most, for others that are about to take the same.
	 */
	Map<Arrival, Outcome> add(List<Arrival> arrivals) {
		return add(arrivals, HeadStart.Begin.NONE, PATIENCE);
	}

	/**
	 * The same, but waits for nobody who takes long.
	 * @throws CannotAcquireLockException if somebody does
	 */
	Map<Arrival, Outcome> addOrGiveUp(List<Arrival> arrivals) {
		try {
			var begin = headStarts.getIfAvailable(() -> HeadStart.NONE).ask(requestsOf(arrivals));
			return add(arrivals, begin, PATIENCE_OF_GROUP);
		}
		catch (UncategorizedSQLException failure) {
			if (Failure.isBlocked(failure)) {
				throw new CannotAcquireLockException("Somebody is about to take what one of these wants", failure);
			}
			throw failure;
		}
	}

	private static Map<Workflow, CreateIntegrationWorkflow> requestsOf(List<Arrival> arrivals) {
		var requests = new LinkedHashMap<Workflow, CreateIntegrationWorkflow>();
		arrivals.forEach(arrival -> requests.put(arrival.workflow(), arrival.request()));
		return requests;
	}

	private Map<Arrival, Outcome> add(List<Arrival> arrivals, HeadStart.Begin begin, String patience) {
		var outcomes = insert(arrivals, begin.chosen(), patience);
		var results = arrivals.stream()
			.collect(Collectors.toMap(Function.identity(), arrival -> outcomes.get(arrival.workflow().id())));
		var added = arrivals.stream().filter(arrival -> results.get(arrival) == Outcome.ADDED).toList();
		var trip = table.trip();
		if (!added.isEmpty()) {
			events.publishEvent(new MilestonesReached(trip,
					added.stream()
						.map(Arrival::workflow)
						.map(workflow -> new MilestonesReached.Reached(workflow.id(), workflow.domainName(),
								Milestone.ACCEPTED))
						.toList()));
		}
		begin.begin(trip,
				added.stream()
					.filter(arrival -> begin.chosen().contains(arrival.workflow().id()))
					.collect(Collectors.toMap(Arrival::workflow, Arrival::origin)));
		trip.make();
		outbox.add(WorkKinds.SUBMISSION,
				added.stream()
					.filter(arrival -> !begin.chosen().contains(arrival.workflow().id()))
					.map(arrival -> new NewWork(arrival.workflow().id().toString(), arrival.workflow().domainName(),
							arrival.origin()))
					.toList());
		releaseKeys(arrivals.stream().filter(arrival -> results.get(arrival) == Outcome.NAME_TAKEN).toList());
		return results;
	}

	private Map<WorkflowId, Outcome> insert(List<Arrival> arrivals, Set<WorkflowId> chosen, String patience) {
		var tags = arrivals.stream()
			.map(Arrival::workflow)
			.flatMap(workflow -> workflow.tags()
				.entrySet()
				.stream()
				.map(tag -> new Tag(workflow.id(), tag.getKey(), tag.getValue())))
			.toList();
		var first = arrivals.getFirst().workflow();
		return jdbc.sql(ADD)
			.param("now", clock.instant().atOffset(ZoneOffset.UTC))
			.param("patience", patience)
			.param("accepted", Phase.ACCEPTED.name())
			.param("phases",
					Columns.texts(arrivals,
							arrival -> chosen.contains(arrival.workflow().id()) ? Phase.SUBMITTING : Phase.ACCEPTED))
			.param("status", first.status().name())
			.param("version", first.version())
			.param("ids", workflows(arrivals, Workflow::id))
			.param("requestedBy", workflows(arrivals, Workflow::requestedBy))
			.param("keys", Columns.texts(arrivals, Arrival::keyValue))
			.param("digests", arrivals.stream().map(Arrival::digest).toArray(byte[][]::new))
			.param("domainNames", workflows(arrivals, Workflow::domainName))
			.param("flowNames", workflows(arrivals, Workflow::flowName))
			.param("objectTypeNames", workflows(arrivals, Workflow::objectTypeName))
			.param("connectorTypes", workflows(arrivals, Workflow::connectorType))
			.param("connectorProfileNames", workflows(arrivals, Workflow::connectorProfileName))
			.param("roleArns", workflows(arrivals, Workflow::roleArn))
			.param("requests", workflows(arrivals, Workflow::request))
			.param("warnings", workflows(arrivals, Workflow::warnings))
			.param("createdAt", workflows(arrivals, Workflow::createdAt))
			.param("reasons", Columns.texts(arrivals, arrival -> arrival.cause().reason()))
			.param("taggedIds", Columns.texts(tags, Tag::workflow))
			.param("tagKeys", Columns.texts(tags, Tag::key))
			.param("tagValues", Columns.texts(tags, Tag::value))
			.query((row, _) -> Map.entry(new WorkflowId(row.getObject("id", UUID.class)),
					Outcome.valueOf(row.getString("outcome"))))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private void releaseKeys(List<Arrival> arrivals) {
		var keyed = arrivals.stream().filter(arrival -> arrival.key() != null).toList();
		if (keyed.isEmpty()) {
			return;
		}
		jdbc.sql("""
				delete from idempotency_key
				where (caller, key) in (select * from unnest(:callers::text[], :keys::text[]))
				""")
			.param("callers", workflows(keyed, Workflow::requestedBy))
			.param("keys", Columns.texts(keyed, Arrival::keyValue))
			.update();
	}

	private static @Nullable String[] workflows(List<Arrival> arrivals, Function<Workflow, @Nullable Object> value) {
		return Columns.texts(arrivals, arrival -> value.apply(arrival.workflow()));
	}

	private record Tag(WorkflowId workflow, String key, String value) {
	}

}
