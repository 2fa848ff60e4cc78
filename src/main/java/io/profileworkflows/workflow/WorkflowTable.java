package io.profileworkflows.workflow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.profileworkflows.database.Columns;
import io.profileworkflows.database.ResultRow;
import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.outbox.Outbox;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where the {@link Workflow}s are stored, and the only place that changes one.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class WorkflowTable {

	private static final String STATE = """
			id, domain_name, flow_name, object_type_name, connector_type, connector_profile_name, role_arn, requested_by,
			  retry_of, waits_for, phase, status, error_description, deletion_requested, deletion_sent_at,
			  remote_workflow_id, provenance, submitted_at, remote_status, remote_started_at, remote_updated_at,
			  records_processed, steps_completed, total_steps, candidates, duplicates, flow, flow_health, created_at,
			  updated_at, version""";

	private static final String DOCUMENT = ", request, request_digest, warnings";

	private static final String TAGS = """
			array(select array[key, value] from workflow_tag where workflow_id = workflow.id order by key) as tags""";

	private static final String ALL = "select " + STATE + DOCUMENT + ", " + TAGS + """
			,
			  (select checked_at from flow_seen where workflow_id = workflow.id) as flow_checked_at
			from workflow\s""";

	/** In the order of their ids, always. */
	private static final String LOCK = """
			select %s from workflow where id = any(%s) order by id for update %s
			""";

	private static final String IDS = ":ids::uuid[]";

	/**
	 * The version says that each is still as it was read, and that nobody changed it
	 * without its lock.
	 */
	private static final String UPDATE = """
			update workflow set waits_for = changed.waits_for, phase = changed.phase, status = changed.status,
			  error_description = changed.error_description, deletion_requested = changed.deletion_requested,
			  deletion_sent_at = changed.deletion_sent_at, remote_workflow_id = changed.remote_workflow_id,
			  provenance = changed.provenance, submitted_at = changed.submitted_at,
			  remote_status = changed.remote_status, remote_started_at = changed.remote_started_at,
			  remote_updated_at = changed.remote_updated_at, records_processed = changed.records_processed,
			  steps_completed = changed.steps_completed, total_steps = changed.total_steps,
			  candidates = changed.candidates::jsonb, duplicates = changed.duplicates::text[],
			  flow = changed.flow::jsonb, flow_health = changed.flow_health, updated_at = changed.updated_at,
			  version = workflow.version + 1
			from unnest(:ids::uuid[], :versions::bigint[], :waitsFor::uuid[], :phases::text[], :statuses::text[],
			  :errorDescriptions::text[], :deletionsRequested::boolean[], :deletionsSentAt::timestamptz[],
			  :remoteWorkflowIds::text[], :provenances::text[], :submittedAt::timestamptz[], :remoteStatuses::text[],
			  :remoteStartedAt::timestamptz[], :remoteUpdatedAt::timestamptz[], :recordsProcessed::bigint[],
			  :stepsCompleted::bigint[], :totalSteps::bigint[], :candidates::text[], :duplicates::text[], :flows::text[],
			  :flowHealths::text[], :updatedAt::timestamptz[])
			  as changed (id, version, waits_for, phase, status, error_description, deletion_requested, deletion_sent_at,
			    remote_workflow_id, provenance, submitted_at, remote_status, remote_started_at, remote_updated_at,
			    records_processed, steps_completed, total_steps, candidates, duplicates, flow, flow_health, updated_at)
			where workflow.id = changed.id and workflow.version = changed.version
			returning workflow.id
			""";

	private final JdbcClient jdbc;

	private final JdbcOperations statements;

	private final ApplicationEventPublisher events;

	WorkflowTable(JdbcClient jdbc, JdbcOperations statements, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.statements = statements;
		this.events = events;
	}

	/** For statements of this and other tables that are sent together. */
	RoundTrip trip() {
		return new RoundTrip(statements);
	}

	Optional<Workflow> find(WorkflowId id) {
		return all("where id = :what", id.value()).stream().findFirst();
	}

	List<Workflow> find(Collection<WorkflowId> ids) {
		return all("where id = any(:what::uuid[])", Columns.texts(ids, Function.identity()));
	}

	Optional<Workflow> findRetryOf(WorkflowId id) {
		return all("where retry_of = :what", id.value()).stream().findFirst();
	}

	List<Workflow> inPhases(Collection<Phase> phases) {
		return all("where phase = any(:what)", Columns.texts(phases, Phase::name));
	}

	List<Workflow> unconfirmedIn(String domainName) {
		return all("where phase = 'UNCONFIRMED' and domain_name = :what", domainName);
	}

	private List<Workflow> all(String condition, Object what) {
		return jdbc.sql(ALL + condition).param("what", what).query(WorkflowTable::workflow).list();
	}

	/** Those of AWS's ids that a workflow holds. */
	Set<String> heldAmong(Collection<String> remoteWorkflowIds) {
		return jdbc.sql("select remote_workflow_id from workflow where remote_workflow_id = any(:ids)")
			.param("ids", remoteWorkflowIds.toArray(String[]::new))
			.query(String.class)
			.set();
	}

	Optional<Workflow> lock(WorkflowId id) {
		return jdbc.sql(LOCK.formatted(STATE + DOCUMENT, IDS, ""))
			.param("ids", new String[] { id.toString() })
			.query(WorkflowTable::withoutTags)
			.optional();
	}

	/**
	 * Locks many, in the order of their ids, and reads how far they are.
	 */
	Supplier<List<Workflow>> lock(RoundTrip trip, Collection<WorkflowId> ids) {
		return trip.query(LOCK.formatted(STATE, IDS, ""), idsOf(ids), WorkflowTable::state);
	}

	/**
	 * Locks those that the trip has claimed work for and that nobody else holds, and
	 * reads what was asked for.
	 */
	Supplier<List<Workflow>> lockClaimed(RoundTrip trip) {
		return trip.query(LOCK.formatted(STATE + DOCUMENT, Outbox.CLAIMED + "::uuid[]", "skip locked"),
				new MapSqlParameterSource(), WorkflowTable::withoutTags);
	}

	private static MapSqlParameterSource idsOf(Collection<WorkflowId> ids) {
		return new MapSqlParameterSource("ids", Columns.texts(ids, Function.identity()));
	}

	/** As they are now: a statement of its own sees what the lock was waited for. */
	Map<String, String> tagsOf(WorkflowId id) {
		return jdbc.sql("select " + TAGS + " from workflow where id = :id")
			.param("id", id.value())
			.query((row, _) -> tags(row))
			.single();
	}

	void replaceTags(WorkflowId id, Map<String, String> tags) {
		jdbc.sql("delete from workflow_tag where workflow_id = :id and key <> all(:keys)")
			.param("id", id.value())
			.param("keys", tags.keySet().toArray(String[]::new))
			.update();
		jdbc.sql(
				"""
						insert into workflow_tag (workflow_id, key, value)
						select :id, key, value from unnest(:keys::text[], :values::text[]) as tag (key, value)
						on conflict (workflow_id, key) do update set value = excluded.value where workflow_tag.value <> excluded.value
						""")
			.param("id", id.value())
			.param("keys", tags.keySet().toArray(String[]::new))
			.param("values", tags.values().toArray(String[]::new))
			.update();
	}

	/** Stores a new one, with its tags. */
	void insert(Workflow workflow) {
		jdbc.sql(
				"""
						insert into workflow (id, domain_name, flow_name, object_type_name, connector_type, connector_profile_name,
						  role_arn, request, request_digest, warnings, requested_by, retry_of, waits_for, phase, status, created_at,
						  updated_at, version)
						values (:id, :domainName, :flowName, :objectTypeName, :connectorType, :connectorProfileName,
						  :roleArn, :request::jsonb, :requestDigest, :warnings::jsonb, :requestedBy, :retryOf, :waitsFor, :phase,
						  :status, :createdAt, :createdAt, :version)
						""")
			.param("id", workflow.id().value())
			.param("domainName", workflow.domainName())
			.param("flowName", workflow.flowName())
			.param("objectTypeName", workflow.objectTypeName())
			.param("connectorType", workflow.connectorType())
			.param("connectorProfileName", workflow.connectorProfileName())
			.param("roleArn", workflow.roleArn())
			.param("request", workflow.request())
			.param("requestDigest", workflow.requestDigest())
			.param("warnings", workflow.warnings())
			.param("requestedBy", workflow.requestedBy())
			.param("retryOf", value(workflow.retryOf()))
			.param("waitsFor", value(workflow.waitsFor()))
			.param("phase", workflow.phase().name())
			.param("status", workflow.status().name())
			.param("createdAt", workflow.createdAt().atOffset(ZoneOffset.UTC))
			.param("version", workflow.version())
			.update();
		replaceTags(workflow.id(), workflow.tags());
	}

	/**
	 * Stores what has changed of workflows that this transaction has locked.
	 * @throws IllegalStateException if one of them was read before it was locked
	 */
	void update(RoundTrip trip, Collection<Workflow> workflows) {
		var updated = trip.query(UPDATE, changes(workflows), (row, _) -> new ResultRow(row).uuid("id"));
		trip.afterwards(() -> tell(workflows, Set.copyOf(updated.get())));
	}

	private void tell(Collection<Workflow> workflows, Set<UUID> updated) {
		for (var workflow : workflows) {
			if (!updated.contains(workflow.id().value())) {
				throw new IllegalStateException(
						"Workflow %s is not version %s any more; it was changed without its lock"
							.formatted(workflow.id(), workflow.version()));
			}
			workflow.isStored();
			events.publishEvent(new WorkflowChanged(workflow.id()));
		}
	}

	void update(Workflow workflow) {
		var trip = trip();
		update(trip, List.of(workflow));
		trip.make();
	}

	private static MapSqlParameterSource changes(Collection<Workflow> workflows) {
		return new MapSqlParameterSource().addValue("ids", Columns.texts(workflows, Workflow::id))
			.addValue("versions", Columns.longs(workflows, Workflow::version))
			.addValue("waitsFor", Columns.texts(workflows, Workflow::waitsFor))
			.addValue("phases", Columns.texts(workflows, Workflow::phase))
			.addValue("statuses", Columns.texts(workflows, Workflow::status))
			.addValue("errorDescriptions", Columns.texts(workflows, Workflow::errorDescription))
			.addValue("deletionsRequested", Columns.texts(workflows, Workflow::isDeletionRequested))
			.addValue("deletionsSentAt", Columns.texts(workflows, Workflow::deletionSentAt))
			.addValue("remoteWorkflowIds", Columns.texts(workflows, Workflow::remoteWorkflowId))
			.addValue("provenances", Columns.texts(workflows, Workflow::provenance))
			.addValue("submittedAt", Columns.texts(workflows, Workflow::submittedAt))
			.addValue("remoteStatuses", Columns.texts(workflows, Workflow::remoteStatus))
			.addValue("remoteStartedAt", Columns.texts(workflows, Workflow::remoteStartedAt))
			.addValue("remoteUpdatedAt", Columns.texts(workflows, Workflow::remoteUpdatedAt))
			.addValue("recordsProcessed", metrics(workflows, Progress.Metrics::recordsProcessed))
			.addValue("stepsCompleted", metrics(workflows, Progress.Metrics::stepsCompleted))
			.addValue("totalSteps", metrics(workflows, Progress.Metrics::totalSteps))
			.addValue("candidates", Columns.texts(workflows, Workflow::storedCandidates))
			.addValue("duplicates", Columns.texts(workflows, workflow -> Columns.array(workflow.duplicates())))
			.addValue("flows", Columns.texts(workflows, Workflow::storedFlow))
			.addValue("flowHealths", Columns.texts(workflows, Workflow::flowHealth))
			.addValue("updatedAt", Columns.texts(workflows, Workflow::updatedAt));
	}

	private static @Nullable String[] metrics(Collection<Workflow> workflows, Function<Progress.Metrics, Long> metric) {
		return Columns.texts(workflows,
				workflow -> (workflow.metrics() instanceof Progress.Metrics metrics) ? metric.apply(metrics) : null);
	}

	private static @Nullable Object value(@Nullable WorkflowId id) {
		return (id != null) ? id.value() : null;
	}

	private static Workflow state(ResultSet set, int number) throws SQLException {
		return new Workflow(new ResultRow(set), null, null, null);
	}

	private static Workflow withoutTags(ResultSet set, int number) throws SQLException {
		return new Workflow(new ResultRow(set), document(set), null, null);
	}

	private static Workflow workflow(ResultSet set, int number) throws SQLException {
		return new Workflow(new ResultRow(set), document(set), tags(set),
				new ResultRow(set).findTime("flow_checked_at"));
	}

	private static AcceptedDocument document(ResultSet set) throws SQLException {
		return new AcceptedDocument(set.getString("request"), set.getBytes("request_digest"),
				set.getString("warnings"));
	}

	/** Pairs; without any, the array has one dimension only. */
	private static Map<String, String> tags(ResultSet set) throws SQLException {
		return (set.getArray("tags").getArray() instanceof String[][] pairs)
				? List.of(pairs)
					.stream()
					.collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, _) -> one, TreeMap::new))
				: new TreeMap<>();
	}

}
