package io.profileworkflows.customerprofiles;

/**
 * What Customer Profiles is asked for. Each has a quota of its own at AWS.
 */
public enum Operation {

	CREATE_INTEGRATION_WORKFLOW("CreateIntegrationWorkflow"), GET_WORKFLOW("GetWorkflow"),
	GET_WORKFLOW_STEPS("GetWorkflowSteps"), LIST_WORKFLOWS("ListWorkflows"), DELETE_WORKFLOW("DeleteWorkflow"),
	GET_DOMAIN("GetDomain"), GET_PROFILE_OBJECT_TYPE("GetProfileObjectType"), LIST_INTEGRATIONS("ListIntegrations");

	private final String awsName;

	Operation(String awsName) {
		this.awsName = awsName;
	}

	/** AWS's name of it. */
	public String awsName() {
		return awsName;
	}

}
