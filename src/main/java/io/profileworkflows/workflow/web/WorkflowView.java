package io.profileworkflows.workflow.web;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.pauses.Pause;
import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Progress;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.StateInWords;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * GetWorkflow's answer: AWS's members, then ours.
 */
public record WorkflowView(@JsonProperty("WorkflowId") String workflowId,
		@JsonProperty("WorkflowType") String workflowType, @JsonProperty("Status") Status status,
		@JsonProperty("ErrorDescription") @Nullable String errorDescription,
		@JsonProperty("StartDate") BigDecimal startDate, @JsonProperty("LastUpdatedAt") BigDecimal lastUpdatedAt,
		@JsonProperty("Attributes") Attributes attributes, @JsonProperty("Metrics") @Nullable Metrics metrics,
		@JsonProperty("Phase") Phase phase, @JsonProperty("Reason") String reason,
		@JsonProperty("DomainName") String domainName, @JsonProperty("FlowName") String flowName,
		@JsonProperty("ObjectTypeName") String objectTypeName, @JsonProperty("Tags") @Nullable Map<String, String> tags,
		@JsonProperty("Arn") String arn, @JsonProperty("RemoteWorkflowId") @Nullable String remoteWorkflowId,
		@JsonProperty("RemoteStatus") @Nullable String remoteStatus,
		@JsonProperty("Provenance") @Nullable Provenance provenance,
		@JsonProperty("DeletionRequested") @Nullable Boolean deletionRequested,
		@JsonProperty("RequestedBy") String requestedBy, @JsonProperty("RetryOf") @Nullable String retryOf,
		@JsonProperty("CreatedAt") BigDecimal createdAt,
		@JsonProperty("Candidates") @Nullable List<CandidateView> candidates,
		@JsonProperty("DuplicateWorkflowIds") @Nullable List<String> duplicateWorkflowIds,
		@JsonProperty("Flow") @Nullable FlowView flow) {

	/** AWS's only workflow type. */
	public static final String TYPE = "APPFLOW_INTEGRATION";

	/** Among others, without what it may be at AWS. */
	public static WorkflowView of(Workflow workflow, @Nullable Pause pause, Deployment deployment) {
		return of(workflow, pause, null, deployment);
	}

	/** By itself, with what it may be at AWS while it is in review. */
	public static WorkflowView of(Workflow workflow, @Nullable Pause pause, @Nullable List<Candidate> candidates,
			Deployment deployment) {
		var tags = workflow.tags();
		var started = workflow.remoteStartedAt();
		return new WorkflowView(workflow.id().toString(), TYPE, workflow.status(), errorOf(workflow, pause),
				EpochSeconds.of((started != null) ? started : workflow.createdAt()),
				EpochSeconds.of(workflow.updatedAt()), Attributes.of(workflow), Metrics.of(workflow.metrics()),
				workflow.phase(), StateInWords.of(workflow, pause), workflow.domainName(), workflow.flowName(),
				workflow.objectTypeName(), tags.isEmpty() ? null : tags, workflow.arn(deployment),
				workflow.remoteWorkflowId(), unknownStatusOf(workflow), workflow.provenance(),
				workflow.isDeletionRequested() ? true : null, workflow.requestedBy(), textOf(workflow.retryOf()),
				EpochSeconds.of(workflow.createdAt()),
				(candidates != null && workflow.phase() == Phase.NEEDS_REVIEW)
						? candidates.stream().map(CandidateView::of).toList() : null,
				workflow.duplicates().isEmpty() ? null : workflow.duplicates(), FlowView.of(workflow));
	}

	/** Of all members that may say why a workflow does not move, the one that AWS has. */
	private static @Nullable String errorOf(Workflow workflow, @Nullable Pause pause) {
		var error = workflow.errorDescription();
		return (error != null) ? error : StateInWords.ofStandstill(workflow, pause);
	}

	private static @Nullable String unknownStatusOf(Workflow workflow) {
		var remote = workflow.remoteStatus();
		return (remote != null && Status.find(remote).isEmpty()) ? remote : null;
	}

	private static @Nullable String textOf(@Nullable WorkflowId id) {
		return (id != null) ? id.toString() : null;
	}

	record Attributes(@JsonProperty("AppflowIntegration") AppflowIntegration appflowIntegration) {

		static Attributes of(Workflow workflow) {
			return new Attributes(new AppflowIntegration(workflow.connectorType(), workflow.connectorProfileName(),
					workflow.roleArn()));
		}

	}

	record AppflowIntegration(@JsonProperty("SourceConnectorType") String sourceConnectorType,
			@JsonProperty("ConnectorProfileName") @Nullable String connectorProfileName,
			@JsonProperty("RoleArn") String roleArn) {
	}

	record Metrics(@JsonProperty("AppflowIntegration") AppflowMetrics appflowIntegration) {

		static @Nullable Metrics of(Progress.@Nullable Metrics metrics) {
			return (metrics == null) ? null : new Metrics(
					new AppflowMetrics(metrics.recordsProcessed(), metrics.stepsCompleted(), metrics.totalSteps()));
		}

	}

	record AppflowMetrics(@JsonProperty("RecordsProcessed") long recordsProcessed,
			@JsonProperty("StepsCompleted") long stepsCompleted, @JsonProperty("TotalSteps") long totalSteps) {
	}

}
