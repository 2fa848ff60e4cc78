package io.profileworkflows.simulator;

import java.util.Arrays;
import java.util.stream.Collectors;

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

	LIST_INTEGRATIONS("ListIntegrations");

	private final String wireName;

	Operation(String wireName) {
		this.wireName = wireName;
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
