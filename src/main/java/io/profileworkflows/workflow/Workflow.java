package io.profileworkflows.workflow;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import io.profileworkflows.database.ResultRow;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.pauses.Pause;
import io.profileworkflows.pauses.PausedDomains;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asked for, and how far it has come. Its methods are the transitions of
 * {@link Phase}. An impossible transition throws and changes nothing.
 */
public class Workflow {

	private final UUID id;

	private final String domainName;

	private final String flowName;

	private final String objectTypeName;

	private final String connectorType;

	private final @Nullable String connectorProfileName;

	private final String roleArn;

	private final String requestedBy;

	private @Nullable UUID retryOf;

	private @Nullable UUID waitsFor;

	private Phase phase;

	private Status status;

	private @Nullable String errorDescription;

	private boolean deletionRequested;

	private @Nullable Instant deletionSentAt;

	private @Nullable String remoteWorkflowId;

	private @Nullable Provenance provenance;

	private @Nullable Instant submittedAt;

	private @Nullable String remoteStatus;

	private @Nullable Instant remoteStartedAt;

	private @Nullable Instant remoteUpdatedAt;

	private Progress.@Nullable Metrics metrics;

	private @Nullable String candidates;

	private String[] duplicates;

	private @Nullable String flow;

	private @Nullable FlowHealth flowHealth;

	private final Instant createdAt;

	private Instant updatedAt;

	private long version;

	/** Null where only the state was read. */
	private final @Nullable AcceptedDocument document;

	/** Null where only the state was read. */
	private @Nullable Map<String, String> tags;

	/** Apart from the rest, since each sweep changes it, and it is no news to anybody. */
	private final @Nullable Instant flowCheckedAt;

	Workflow(WorkflowId id, CreateIntegrationWorkflow request, AcceptedDocument document, String requestedBy,
			Instant now) {
		this.id = id.value();
		this.domainName = request.domainName();
		this.flowName = request.flowName();
		this.objectTypeName = request.objectTypeName();
		this.connectorType = request.connectorType().name();
		this.connectorProfileName = request.connectorProfileName();
		this.roleArn = request.roleArn();
		this.document = document;
		this.requestedBy = requestedBy;
		this.phase = Phase.ACCEPTED;
		this.status = Status.NOT_STARTED;
		this.createdAt = now;
		this.updatedAt = now;
		this.duplicates = new String[0];
		this.tags = new TreeMap<>(Objects.requireNonNullElse(request.tags(), Map.of()));
		this.flowCheckedAt = null;
	}

	/**
	 * Reads back what {@link WorkflowTable} stored.
	 * @param document null where only the state was read, and so are the tags
	 */
	Workflow(ResultRow row, @Nullable AcceptedDocument document, @Nullable Map<String, String> tags,
			@Nullable Instant flowCheckedAt) throws SQLException {
		this.id = row.uuid("id");
		this.domainName = row.text("domain_name");
		this.flowName = row.text("flow_name");
		this.objectTypeName = row.text("object_type_name");
		this.connectorType = row.text("connector_type");
		this.connectorProfileName = row.find("connector_profile_name");
		this.roleArn = row.text("role_arn");
		this.requestedBy = row.text("requested_by");
		this.retryOf = row.findUuid("retry_of");
		this.waitsFor = row.findUuid("waits_for");
		this.phase = Phase.valueOf(row.text("phase"));
		this.status = Status.valueOf(row.text("status"));
		this.errorDescription = row.find("error_description");
		this.deletionRequested = row.isTrue("deletion_requested");
		this.deletionSentAt = row.findTime("deletion_sent_at");
		this.remoteWorkflowId = row.find("remote_workflow_id");
		this.provenance = row.find("provenance", Provenance::valueOf);
		this.submittedAt = row.findTime("submitted_at");
		this.remoteStatus = row.find("remote_status");
		this.remoteStartedAt = row.findTime("remote_started_at");
		this.remoteUpdatedAt = row.findTime("remote_updated_at");
		this.metrics = metrics(row);
		this.candidates = row.find("candidates");
		this.duplicates = row.texts("duplicates");
		this.flow = row.find("flow");
		this.flowHealth = row.find("flow_health", FlowHealth::valueOf);
		this.createdAt = row.time("created_at");
		this.updatedAt = row.time("updated_at");
		this.version = row.number("version");
		this.document = document;
		this.tags = tags;
		this.flowCheckedAt = flowCheckedAt;
	}

	private static Progress.@Nullable Metrics metrics(ResultRow row) throws SQLException {
		var records = row.findNumber("records_processed");
		var completed = row.findNumber("steps_completed");
		var total = row.findNumber("total_steps");
		return (records == null || completed == null || total == null) ? null
				: new Progress.Metrics(records, completed, total);
	}

	/**
	 * Another try at a failed one, for the caller who asked for that, with the tags it
	 * has by now. Nothing of it is sent before the failed one is deleted at AWS, if it is
	 * there.
	 */
	static Workflow retry(Workflow failed, Map<String, String> tags, WorkflowId id, CreateIntegrationWorkflow request,
			AcceptedDocument document, Instant now) {
		var retry = new Workflow(id, request, document, failed.requestedBy, now);
		retry.retryOf = failed.id;
		retry.waitsFor = (failed.phase == Phase.FINISHED) ? failed.id : null;
		retry.retag(tags);
		return retry;
	}

	/** Whether there may be another try at it. */
	public boolean hasFailed() {
		return phase == Phase.REJECTED || phase == Phase.FINISHED && status == Status.FAILED;
	}

	/** What it waited for is deleted: it may be sent. */
	void waitNoMore() {
		this.waitsFor = null;
	}

	/** An attempt to create it at AWS is about to be sent. */
	public void submit() {
		become(Phase.SUBMITTING);
	}

	/** It runs at AWS under this id. */
	public void confirm(String remoteWorkflowId, Provenance provenance, Instant now) {
		become(Phase.SUBMITTED);
		this.submittedAt = now;
		this.remoteWorkflowId = remoteWorkflowId;
		this.provenance = provenance;
	}

	/** It certainly is not at AWS, and may be sent again. */
	public void requeue() {
		become(Phase.ACCEPTED);
	}

	/** It certainly is not at AWS, and never will be. */
	public void reject(String reason) {
		become(Phase.REJECTED);
		fail(reason);
	}

	/** It may or may not be at AWS. */
	public void loseSight() {
		become(Phase.UNCONFIRMED);
	}

	/** A person has to decide. */
	public void review() {
		become(Phase.NEEDS_REVIEW);
	}

	void review(String candidates) {
		review();
		this.candidates = candidates;
	}

	/**
	 * Another workflow at AWS carries this one's FlowName.
	 * @return false if that is known
	 */
	boolean addDuplicate(String duplicate) {
		if (Arrays.asList(duplicates).contains(duplicate)) {
			return false;
		}
		var more = Arrays.copyOf(duplicates, duplicates.length + 1);
		more[duplicates.length] = duplicate;
		this.duplicates = more;
		return true;
	}

	/** It was to be deleted, and certainly is not at AWS. */
	public void cancel() {
		become(Phase.CANCELLED);
		this.status = Status.CANCELLED;
	}

	void requestDeletion() {
		this.deletionRequested = true;
	}

	void forgetDeletion() {
		this.deletionRequested = false;
	}

	void startDeletion() {
		become(Phase.DELETING);
		this.flow = null;
		this.flowHealth = null;
		this.deletionSentAt = null;
	}

	/** AWS is about to be asked to delete it, for the first time. */
	void sendDeletion(Instant now) {
		this.deletionSentAt = now;
	}

	/** AWS deleted it, or does not know it. */
	public void deleted() {
		become(Phase.DELETED);
		this.status = Status.CANCELLED;
	}

	/** AWS refused to delete it: it is again what it was. */
	public void keep() {
		become(status.isFinal() ? Phase.FINISHED : Phase.SUBMITTED);
		this.deletionRequested = false;
	}

	/**
	 * Takes over what AWS told, and ends when AWS says that it ended.
	 * @return whether anything was new
	 */
	boolean follow(Progress progress) {
		var known = Status.find(progress.status());
		var before = seen();
		this.remoteStatus = progress.status();
		this.remoteStartedAt = progress.startedAt();
		this.remoteUpdatedAt = progress.updatedAt();
		this.errorDescription = described(progress.errorDescription());
		this.metrics = (progress.metrics() != null) ? progress.metrics() : metrics;
		known.ifPresent(status -> this.status = status);
		if (phase == Phase.SUBMITTED && status.isFinal()) {
			become(Phase.FINISHED);
		}
		return !before.equals(seen());
	}

	/**
	 * Takes over the status of a listing, which tells less than a look does. One that
	 * ends the workflow is left to a look, which tells why.
	 * @return whether it was new
	 */
	boolean followStatus(String remoteStatus, @Nullable Instant updatedAt) {
		var known = Status.find(remoteStatus);
		var isOlder = updatedAt != null && this.remoteUpdatedAt != null && updatedAt.isBefore(this.remoteUpdatedAt);
		if (isOlder || remoteStatus.equals(this.remoteStatus) || known.filter(Status::isFinal).isPresent()) {
			return false;
		}
		this.remoteStatus = remoteStatus;
		known.ifPresent(status -> this.status = status);
		return true;
	}

	/** AWS no longer knows it, and nobody here asked for that. */
	void vanish() {
		become(Phase.FINISHED);
		this.status = Status.CANCELLED;
		this.errorDescription = "Customer Profiles no longer knows this workflow";
	}

	/** Whether AppFlow should have a flow that is followed. */
	boolean hasFlow() {
		return phase == Phase.FINISHED && status == Status.COMPLETE;
	}

	/**
	 * Takes over how its flow is.
	 * @return whether anything is new
	 */
	boolean showFlow(FlowState state) {
		if (state.equals(flow())) {
			return false;
		}
		this.flow = state.write();
		this.flowHealth = state.health();
		return true;
	}

	void retag(Map<String, String> tags) {
		this.tags = new TreeMap<>(tags);
	}

	void touch(Instant now) {
		this.updatedAt = now;
	}

	/** It is stored with its changes. */
	void isStored() {
		this.version++;
	}

	private void become(Phase next) {
		if (!phase.canBecome(next)) {
			throw new IllegalStateException("Workflow %s is %s and cannot become %s".formatted(id(), phase, next));
		}
		this.phase = next;
	}

	private void fail(String reason) {
		this.status = Status.FAILED;
		this.errorDescription = described(reason);
	}

	private static @Nullable String described(@Nullable String reason) {
		return (reason == null || reason.isBlank()) ? null : StateInWords.cut(reason);
	}

	public WorkflowId id() {
		return new WorkflowId(this.id);
	}

	public String domainName() {
		return domainName;
	}

	public String arn(Deployment deployment) {
		return deployment.arn("domains/%s/workflows/%s".formatted(domainName, id()));
	}

	public String flowName() {
		return flowName;
	}

	public String objectTypeName() {
		return objectTypeName;
	}

	public String connectorType() {
		return connectorType;
	}

	public @Nullable String connectorProfileName() {
		return connectorProfileName;
	}

	public String roleArn() {
		return roleArn;
	}

	/** The accepted document as JSON. Confidential. */
	public String request() {
		return document().request();
	}

	private AcceptedDocument document() {
		return Objects.requireNonNull(document, "Only the state of the workflow was read");
	}

	/**
	 * Whether an identical request is answered by this workflow: not once it has ended,
	 * or is about to be deleted.
	 */
	boolean answersFor(byte[] digest) {
		return phase.isLive() && phase != Phase.DELETING && !deletionRequested
				&& Arrays.equals(document().digest(), digest);
	}

	/** Whether it was made of an identical request, and has ended at AWS. */
	boolean hasEndedAs(byte[] digest) {
		return phase == Phase.FINISHED && !deletionRequested && Arrays.equals(document().digest(), digest);
	}

	/** What was worth a warning when it was accepted, as JSON. */
	public String warnings() {
		return document().warnings();
	}

	byte[] requestDigest() {
		return document().digest();
	}

	public String requestedBy() {
		return requestedBy;
	}

	public @Nullable WorkflowId retryOf() {
		return (retryOf != null) ? new WorkflowId(retryOf) : null;
	}

	/** The workflow that must be deleted at AWS before this one may be sent. */
	public @Nullable WorkflowId waitsFor() {
		return (waitsFor != null) ? new WorkflowId(waitsFor) : null;
	}

	/** What holds it back, if it would be sent otherwise. */
	public @Nullable Pause heldBy(PausedDomains paused) {
		return (phase == Phase.ACCEPTED) ? paused.of(domainName).stream().findFirst().orElse(null) : null;
	}

	public Phase phase() {
		return phase;
	}

	public Status status() {
		return status;
	}

	public @Nullable String errorDescription() {
		return errorDescription;
	}

	public boolean isDeletionRequested() {
		return deletionRequested;
	}

	/** Since when AWS may be deleting it. */
	public @Nullable Instant deletionSentAt() {
		return deletionSentAt;
	}

	public @Nullable String remoteWorkflowId() {
		return remoteWorkflowId;
	}

	public @Nullable Provenance provenance() {
		return provenance;
	}

	/** The status as AWS sent it last, even where {@link Status} does not know it. */
	public @Nullable String remoteStatus() {
		return remoteStatus;
	}

	/** AWS's StartDate. */
	public @Nullable Instant remoteStartedAt() {
		return remoteStartedAt;
	}

	/** AWS's LastUpdatedAt. */
	public @Nullable Instant remoteUpdatedAt() {
		return remoteUpdatedAt;
	}

	public Progress.@Nullable Metrics metrics() {
		return metrics;
	}

	/** What it may be at AWS, as JSON, while a person has to decide. */
	@Nullable String candidates() {
		return (phase == Phase.NEEDS_REVIEW) ? candidates : null;
	}

	/** Ids of workflows at AWS that carry its FlowName though nobody asked for them. */
	public List<String> duplicates() {
		return List.of(duplicates);
	}

	/** How its flow is at AppFlow, once the workflow is complete and that is known. */
	public @Nullable FlowState flow() {
		return (flow != null) ? FlowState.read(flow) : null;
	}

	public @Nullable FlowHealth flowHealth() {
		return flowHealth;
	}

	/** When its flow was last found to be so. */
	public @Nullable Instant flowCheckedAt() {
		return flowCheckedAt;
	}

	public Instant createdAt() {
		return createdAt;
	}

	public Instant updatedAt() {
		return updatedAt;
	}

	public Map<String, String> tags() {
		return new TreeMap<>(Objects.requireNonNull(tags, "Only the state of the workflow was read"));
	}

	/** Grows with each change; what an ETag is made of. */
	public long version() {
		return version;
	}

	@Nullable Instant submittedAt() {
		return submittedAt;
	}

	@Nullable String storedCandidates() {
		return candidates;
	}

	@Nullable String storedFlow() {
		return flow;
	}

	private Seen seen() {
		return new Seen(status, remoteStatus, errorDescription, remoteStartedAt, remoteUpdatedAt, metrics());
	}

	private record Seen(Status status, @Nullable String remoteStatus, @Nullable String errorDescription,
			@Nullable Instant startedAt, @Nullable Instant updatedAt, Progress.@Nullable Metrics metrics) {
	}

}
