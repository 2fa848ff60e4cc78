package io.profileworkflows.simulator;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The operations the simulator answers, by the names AWS gives them.
 */
public enum Operation {

	CREATE_INTEGRATION_WORKFLOW("CreateIntegrationWorkflow"),

	GET_WORKFLOW("GetWorkflow"),

	GET_WORKFLOW_STEPS("GetWorkflowSteps"),

	LIST_WORKFLOWS("ListWorkflows"),

	DELETE_WORKFLOW("DeleteWorkflow"),

	TAG_RESOURCE("TagResource"),

	UNTAG_RESOURCE("UntagResource"),

	LIST_TAGS_FOR_RESOURCE("ListTagsForResource"),

	GET_DOMAIN("GetDomain"),

	GET_PROFILE_OBJECT_TYPE("GetProfileObjectType"),

	LIST_INTEGRATIONS("ListIntegrations"),

	LIST_FLOWS("ListFlows", "/list-flows"),

	DESCRIBE_FLOW("DescribeFlow", "/describe-flow"),

	DESCRIBE_FLOW_EXECUTION_RECORDS("DescribeFlowExecutionRecords", "/describe-flow-execution-records"),

	DESCRIBE_CONNECTOR_PROFILES("DescribeConnectorProfiles", "/describe-connector-profiles"),

	DESCRIBE_CONNECTOR_ENTITY("DescribeConnectorEntity", "/describe-connector-entity"),

	START_FLOW("StartFlow", "/start-flow"),

	STOP_FLOW("StopFlow", "/stop-flow");

	private final String wireName;

	private final @Nullable String appFlowPath;

	Operation(String wireName) {
		this(wireName, null);
	}

	Operation(String wireName, @Nullable String appFlowPath) {
		this.wireName = wireName;
		this.appFlowPath = appFlowPath;
	}

	/** Whether AppFlow has it, and not Customer Profiles. */
	boolean isOfAppFlow() {
		return appFlowPath != null;
	}

	static @Nullable Operation ofAppFlow(String path) {
		return Arrays.stream(values()).filter(operation -> path.equals(operation.appFlowPath)).findFirst().orElse(null);
	}

	public String wireName() {
		return wireName;
	}

	static Operation of(String wireName) {
		return Arrays.stream(values())
			.filter(operation -> operation.wireName.equals(wireName))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no operation %s, only %s".formatted(wireName,
					Arrays.stream(values()).map(Operation::wireName).collect(Collectors.joining(", ")))));
	}

}
