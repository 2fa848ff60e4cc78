package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import org.hibernate.Hibernate;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Persistable;

/**
 * What a caller asked for, and how far it has come. Its methods are the transitions of
 * {@link Phase}; an impossible one throws and changes nothing.
 */
@Entity
@EntityListeners(WorkflowChanges.class)
@DynamicUpdate
public class Workflow implements Persistable<UUID> {

	@Id
	private UUID id;

	private String domainName;

	private String flowName;

	private String objectTypeName;

	private String connectorType;

	private @Nullable String connectorProfileName;

	private String roleArn;

	@JdbcTypeCode(SqlTypes.JSON)
	private String request;

	private byte[] requestDigest;

	@JdbcTypeCode(SqlTypes.JSON)
	private String warnings;

	private String requestedBy;

	private @Nullable UUID retryOf;

	private @Nullable UUID waitsFor;

	@Enumerated(EnumType.STRING)
	private Phase phase;

	@Enumerated(EnumType.STRING)
	private Status status;

	private @Nullable String errorDescription;

	private boolean deletionRequested;

	private @Nullable Instant deletionSentAt;

	private @Nullable String remoteWorkflowId;

	@Enumerated(EnumType.STRING)
	private @Nullable Provenance provenance;

	private @Nullable Instant submittedAt;

	private @Nullable String remoteStatus;

	private @Nullable Instant remoteStartedAt;

	private @Nullable Instant remoteUpdatedAt;

	private @Nullable Long recordsProcessed;

	private @Nullable Long stepsCompleted;

	private @Nullable Long totalSteps;

	@JdbcTypeCode(SqlTypes.JSON)
	private @Nullable String candidates;

	private String[] duplicates = {};

	@JdbcTypeCode(SqlTypes.JSON)
	private @Nullable String flow;

	@Enumerated(EnumType.STRING)
	private @Nullable FlowHealth flowHealth;

	/** Apart from the rest, since each sweep changes it, and it is no news to anybody. */
	@Formula("(select seen.checked_at from flow_seen seen where seen.workflow_id = id)")
	private @Nullable Instant flowCheckedAt;

	private Instant createdAt;

	private Instant updatedAt;

	@Version
	private long version;

	@ElementCollection
	@CollectionTable(name = "workflow_tag", joinColumns = @JoinColumn(name = "workflow_id"))
	@MapKeyColumn(name = "key")
	@Column(name = "value")
	@BatchSize(size = 100)
	private Map<String, String> tags = new TreeMap<>();

	@Transient
	private boolean fresh;

	@SuppressWarnings("NullAway.Init")
	protected Workflow() {
	}

	Workflow(WorkflowId id, CreateIntegrationWorkflow request, AcceptedDocument document, String requestedBy,
			Instant now) {
		this.id = id.value();
		this.domainName = request.domainName();
		this.flowName = request.flowName();
		this.objectTypeName = request.objectTypeName();
		this.connectorType = request.connectorType().name();
		this.connectorProfileName = request.connectorProfileName();
		this.roleArn = request.roleArn();
		this.request = document.request();
		this.requestDigest = document.digest();
		this.warnings = document.warnings();
		this.requestedBy = requestedBy;
		this.phase = Phase.ACCEPTED;
		this.status = Status.NOT_STARTED;
		this.createdAt = now;
		this.updatedAt = now;
		this.tags.putAll(Objects.requireNonNullElse(request.tags(), Map.of()));
		this.fresh = true;
	}

	/**
	 * Another try at a failed one, for the caller who asked for that, with the tags it
	 * has by now. Nothing of it is sent before the failed one is deleted at AWS, if it is
	 * there.
	 */
	static Workflow retry(Workflow failed, WorkflowId id, CreateIntegrationWorkflow request, AcceptedDocument document,
			Instant now) {
		var retry = new Workflow(id, request, document, failed.requestedBy, now);
		retry.retryOf = failed.id;
		retry.waitsFor = (failed.phase == Phase.FINISHED) ? failed.id : null;
		retry.retag(failed.tags());
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
		if (progress.metrics() instanceof Progress.Metrics(var records, var completed, var total)) {
			this.recordsProcessed = records;
			this.stepsCompleted = completed;
			this.totalSteps = total;
		}
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
		this.tags.clear();
		this.tags.putAll(tags);
	}

	void touch(Instant now) {
		this.updatedAt = now;
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
		return request;
	}

	/**
	 * Whether an identical request is answered by this workflow: not once it has ended,
	 * or is about to be deleted.
	 */
	boolean answersFor(byte[] digest) {
		return phase.isLive() && phase != Phase.DELETING && !deletionRequested && Arrays.equals(requestDigest, digest);
	}

	byte[] requestDigest() {
		return requestDigest;
	}

	/** What was worth a warning when it was accepted, as JSON. */
	public String warnings() {
		return warnings;
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
		if (recordsProcessed == null || stepsCompleted == null || totalSteps == null) {
			return null;
		}
		return new Progress.Metrics(recordsProcessed, stepsCompleted, totalSteps);
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
		return new TreeMap<>(tags);
	}

	/** Reads the tags while there is a session to read them in. */
	Workflow withTags() {
		Hibernate.initialize(tags);
		return this;
	}

	/** Grows with each change; what an ETag is made of. */
	public long version() {
		return version;
	}

	@Override
	public UUID getId() {
		return id;
	}

	@Override
	public boolean isNew() {
		return fresh;
	}

	@PostLoad
	@PostPersist
	void isStored() {
		this.fresh = false;
	}

	private Seen seen() {
		return new Seen(status, remoteStatus, errorDescription, remoteStartedAt, remoteUpdatedAt, metrics());
	}

	private record Seen(Status status, @Nullable String remoteStatus, @Nullable String errorDescription,
			@Nullable Instant startedAt, @Nullable Instant updatedAt, Progress.@Nullable Metrics metrics) {
	}

}
