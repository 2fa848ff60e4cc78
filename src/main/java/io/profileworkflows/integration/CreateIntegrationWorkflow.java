package io.profileworkflows.integration;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The request document of CreateIntegrationWorkflow, as AWS takes it. Accessors beyond
 * the members are for requests that passed the checks.
 */
@Advisable(payload = Warning.class)
public record CreateIntegrationWorkflow(@JsonProperty("DomainName") @Required @DomainName String domainName,
		@JsonProperty("WorkflowType") @Required WorkflowType workflowType,
		@JsonProperty("IntegrationConfig") @Required @Valid IntegrationConfig integrationConfig,
		@JsonProperty("ObjectTypeName") @Required @ObjectTypeName String objectTypeName,
		@JsonProperty("RoleArn") @Required @RoleArn String roleArn,
		@JsonProperty("Tags") @Nullable @Size(min = 1, max = 50,
				message = "must have 1 to 50 entries, or be left out") Map<@TagKey String, @TagValue String> tags) {

	public CreateIntegrationWorkflow {
		tags = Copies.of(tags);
	}

	public FlowDefinition flowDefinition() {
		return integrationConfig.appflowIntegration().flowDefinition();
	}

	public String flowName() {
		return flowDefinition().flowName();
	}

	CreateIntegrationWorkflow withoutBatches() {
		return new CreateIntegrationWorkflow(domainName, workflowType,
				new IntegrationConfig(new AppflowIntegration(flowDefinition(), null)), objectTypeName, roleArn, tags);
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
		return flowDefinition().triggerConfig().schedule();
	}

}
