package io.profileworkflows.customerprofiles;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.appflow.model.AppflowException;
import software.amazon.awssdk.services.customerprofiles.model.CustomerProfilesException;

/**
 * An operation of AWS that has a quota of its own. AppFlow documents no quotas, so all
 * its operations share one budget.
 */
public enum Operation {

	CREATE_INTEGRATION_WORKFLOW("CreateIntegrationWorkflow"), GET_WORKFLOW("GetWorkflow"),
	GET_WORKFLOW_STEPS("GetWorkflowSteps"), LIST_WORKFLOWS("ListWorkflows"), DELETE_WORKFLOW("DeleteWorkflow"),
	GET_DOMAIN("GetDomain"), GET_PROFILE_OBJECT_TYPE("GetProfileObjectType"), LIST_INTEGRATIONS("ListIntegrations"),

	LIST_FLOWS(Api.APPFLOW, "ListFlows"), DESCRIBE_FLOW(Api.APPFLOW, "DescribeFlow"),
	DESCRIBE_FLOW_EXECUTION_RECORDS(Api.APPFLOW, "DescribeFlowExecutionRecords"),
	DESCRIBE_CONNECTOR_PROFILES(Api.APPFLOW, "DescribeConnectorProfiles"),
	DESCRIBE_CONNECTOR_ENTITY(Api.APPFLOW, "DescribeConnectorEntity"), START_FLOW(Api.APPFLOW, "StartFlow"),
	STOP_FLOW(Api.APPFLOW, "StopFlow");

	private final Api api;

	private final String awsName;

	Operation(String awsName) {
		this(Api.CUSTOMER_PROFILES, awsName);
	}

	Operation(Api api, String awsName) {
		this.api = api;
		this.awsName = awsName;
	}

	/** AWS's name of it. */
	public String awsName() {
		return awsName;
	}

	/** What a policy calls the permission for it. */
	public String action() {
		return api.prefix + ":" + awsName;
	}

	Api api() {
		return api;
	}

	/** The name of the budget that its calls are taken from. */
	String budget() {
		return (api == Api.APPFLOW) ? Api.APPFLOW.title : awsName;
	}

	/** The service of AWS that has it. */
	enum Api {

		CUSTOMER_PROFILES("Customer Profiles", "profile", CustomerProfilesException.class),
		APPFLOW("AppFlow", "appflow", AppflowException.class);

		private final String title;

		private final String prefix;

		private final Class<? extends AwsServiceException> exception;

		Api(String title, String prefix, Class<? extends AwsServiceException> exception) {
			this.title = title;
			this.prefix = prefix;
			this.exception = exception;
		}

		String title() {
			return title;
		}

		/** What the SDK throws where the service answered with an error. */
		Class<? extends AwsServiceException> exception() {
			return exception;
		}

	}

}
