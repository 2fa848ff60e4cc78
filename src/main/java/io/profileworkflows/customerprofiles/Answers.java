package io.profileworkflows.customerprofiles;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.customerprofiles.model.AppflowIntegrationWorkflowStep;
import software.amazon.awssdk.services.customerprofiles.model.GetWorkflowResponse;
import software.amazon.awssdk.services.customerprofiles.model.GetWorkflowStepsResponse;
import software.amazon.awssdk.services.customerprofiles.model.ListWorkflowsItem;
import software.amazon.awssdk.services.customerprofiles.model.ListWorkflowsResponse;
import software.amazon.awssdk.services.customerprofiles.model.WorkflowMetrics;
import software.amazon.awssdk.services.customerprofiles.model.WorkflowStepItem;

/**
 * Says answers of the SDK in our words. Enums are taken as text, since the SDK knows only
 * the values of its day.
 */
final class Answers {

	private static final String NO_REQUEST_ID = "UNKNOWN";

	private Answers() {
	}

	static @Nullable String requestId(AwsResponse answer) {
		var requestId = answer.responseMetadata().requestId();
		return NO_REQUEST_ID.equals(requestId) ? null : requestId;
	}

	static RemotePage page(ListWorkflowsResponse answer) {
		return new RemotePage(answer.items().stream().map(Answers::item).toList(), answer.nextToken());
	}

	private static RemoteListItem item(ListWorkflowsItem item) {
		return new RemoteListItem(Objects.requireNonNull(item.workflowId(), "a listed workflow has no id"),
				Objects.requireNonNull(item.statusAsString(), "a listed workflow has no status"),
				item.statusDescription(), item.createdAt(), item.lastUpdatedAt());
	}

	static RemoteWorkflow workflow(String workflowId, GetWorkflowResponse answer) {
		var attributes = (answer.attributes() != null) ? answer.attributes().appflowIntegration() : null;
		return new RemoteWorkflow(workflowId, answer.workflowTypeAsString(), answer.statusAsString(),
				answer.errorDescription(), answer.startDate(), answer.lastUpdatedAt(),
				(attributes != null) ? attributes.sourceConnectorTypeAsString() : null,
				(attributes != null) ? attributes.connectorProfileName() : null,
				(attributes != null) ? attributes.roleArn() : null, metrics(answer.metrics()));
	}

	private static RemoteWorkflow.@Nullable Metrics metrics(@Nullable WorkflowMetrics metrics) {
		var counts = (metrics != null) ? metrics.appflowIntegration() : null;
		return (counts != null)
				? new RemoteWorkflow.Metrics(counts.recordsProcessed(), counts.stepsCompleted(), counts.totalSteps())
				: null;
	}

	static StepPage steps(GetWorkflowStepsResponse answer) {
		var steps = answer.items()
			.stream()
			.map(WorkflowStepItem::appflowIntegration)
			.filter(Objects::nonNull)
			.map(Answers::step)
			.toList();
		return new StepPage(steps, answer.nextToken());
	}

	private static RemoteStep step(AppflowIntegrationWorkflowStep step) {
		return new RemoteStep(step.flowName(), step.statusAsString(), step.executionMessage(), step.recordsProcessed(),
				step.batchRecordsStartTime(), step.batchRecordsEndTime(), step.createdAt(), step.lastUpdatedAt());
	}

	record StepPage(List<RemoteStep> steps, @Nullable String nextToken) {
	}

}
