package io.profileworkflows.simulator;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is fixed when a workflow is made. How far it has come follows from this and the
 * time, see {@link Progress}.
 */
record CreatedWorkflow(String workflowId, long sequence, String domainName, Instant createdAt, JsonNode request,
		boolean planted, @Nullable String duplicateOf) {

	static CreatedWorkflow of(JsonNode json) {
		return new CreatedWorkflow(Json.text(json.path("WorkflowId")), json.path("Sequence").longValue(),
				Json.text(json.path("DomainName")), Json.instant(json.path("CreatedAt")), json.path("Request"),
				json.path("Planted").asBoolean(false), Json.textOrNull(json.path("DuplicateOf")));
	}

	ObjectNode toJson() {
		var json = Json.object()
			.put("WorkflowId", workflowId)
			.put("Sequence", sequence)
			.put("DomainName", domainName)
			.put("CreatedAt", Json.timestamp(createdAt))
			.put("Planted", planted)
			.put("DuplicateOf", duplicateOf);
		json.set("Request", request);
		return json;
	}

	String flowName() {
		return Json.text(flowDefinition().path("FlowName"));
	}

	String objectTypeName() {
		return Json.text(request.path("ObjectTypeName"));
	}

	String roleArn() {
		return Json.text(request.path("RoleArn"));
	}

	String connectorType() {
		return Json.text(flowDefinition().path("SourceFlowConfig").path("ConnectorType"));
	}

	@Nullable String connectorProfileName() {
		return Json.textOrNull(flowDefinition().path("SourceFlowConfig").path("ConnectorProfileName"));
	}

	JsonNode batches() {
		return request.path("IntegrationConfig").path("AppflowIntegration").path("Batches");
	}

	boolean isDoomed() {
		return flowName().contains("fail");
	}

	private JsonNode flowDefinition() {
		return request.path("IntegrationConfig").path("AppflowIntegration").path("FlowDefinition");
	}

}
