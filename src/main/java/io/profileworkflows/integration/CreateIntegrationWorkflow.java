package io.profileworkflows.integration;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The request document of CreateIntegrationWorkflow, as AWS takes it.
 */
public record CreateIntegrationWorkflow(@JsonProperty("DomainName") String domainName,
		@JsonProperty("WorkflowType") WorkflowType workflowType,
		@JsonProperty("IntegrationConfig") IntegrationConfig integrationConfig,
		@JsonProperty("ObjectTypeName") String objectTypeName, @JsonProperty("RoleArn") String roleArn,
		@JsonProperty("Tags") @Nullable Map<String, String> tags) {

	public CreateIntegrationWorkflow {
		tags = Copies.of(tags);
	}

	public FlowDefinition flowDefinition() {
		return Objects.requireNonNull(integrationConfig.appflowIntegration(), "only a checked request has a flow")
			.flowDefinition();
	}

	public String flowName() {
		return flowDefinition().flowName();
	}

	public SourceConnectorType connectorType() {
		return flowDefinition().sourceFlowConfig().connectorType();
	}

	public @Nullable String connectorProfileName() {
		return flowDefinition().sourceFlowConfig().connectorProfileName();
	}

	/**
	 * Says why this request must no longer be sent.
	 * @return the reason, or null while it may be sent
	 */
	public @Nullable String spoiledAt(Instant now) {
		var schedule = schedule();
		var end = (schedule != null) ? schedule.scheduleEndTime() : null;
		return (end != null && !end.isAfter(now)) ? "ScheduleEndTime has passed" : null;
	}

	/**
	 * Says that the schedule should have begun already, which AWS may or may not mind.
	 * @return the warning, or null while the start lies ahead
	 */
	public @Nullable String startPassedAt(Instant now) {
		var schedule = schedule();
		var start = (schedule != null) ? schedule.scheduleStartTime() : null;
		return (start != null && !start.isAfter(now)) ? "ScheduleStartTime has passed" : null;
	}

	private @Nullable ScheduledTriggerProperties schedule() {
		var properties = flowDefinition().triggerConfig().triggerProperties();
		return (properties != null) ? properties.scheduled() : null;
	}

}
