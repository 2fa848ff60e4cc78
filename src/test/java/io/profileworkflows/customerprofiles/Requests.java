package io.profileworkflows.customerprofiles;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.profileworkflows.integration.AppflowIntegration;
import io.profileworkflows.integration.Batch;
import io.profileworkflows.integration.ConnectorOperator;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.DataPullMode;
import io.profileworkflows.integration.FlowDefinition;
import io.profileworkflows.integration.IncrementalPullConfig;
import io.profileworkflows.integration.IntegrationConfig;
import io.profileworkflows.integration.MarketoConnectorOperator;
import io.profileworkflows.integration.MarketoSourceProperties;
import io.profileworkflows.integration.OperatorPropertiesKey;
import io.profileworkflows.integration.S3ConnectorOperator;
import io.profileworkflows.integration.S3SourceProperties;
import io.profileworkflows.integration.SalesforceConnectorOperator;
import io.profileworkflows.integration.SalesforceSourceProperties;
import io.profileworkflows.integration.ScheduledTriggerProperties;
import io.profileworkflows.integration.ServiceNowConnectorOperator;
import io.profileworkflows.integration.ServiceNowSourceProperties;
import io.profileworkflows.integration.SourceConnectorProperties;
import io.profileworkflows.integration.SourceConnectorType;
import io.profileworkflows.integration.SourceFlowConfig;
import io.profileworkflows.integration.Task;
import io.profileworkflows.integration.TaskType;
import io.profileworkflows.integration.TriggerConfig;
import io.profileworkflows.integration.TriggerProperties;
import io.profileworkflows.integration.TriggerType;
import io.profileworkflows.integration.WorkflowType;
import io.profileworkflows.integration.ZendeskConnectorOperator;
import io.profileworkflows.integration.ZendeskSourceProperties;
import org.jspecify.annotations.Nullable;

/**
 * Requests to send: one as AWS takes it, one as short as can be, and one that no AWS
 * would take but that leaves out no member.
 */
final class Requests {

	static final String DOMAIN = "retail";

	static final String ROLE = "arn:aws:iam::123456789012:role/ingest/customer-profiles";

	private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/0b1c2d3e";

	private Requests() {
	}

	static CreateIntegrationWorkflow named(String flowName) {
		var source = new SourceFlowConfig("sales-org", SourceConnectorType.Salesforce, null,
				new SourceConnectorProperties(null, null, new SalesforceSourceProperties("Account", null, null), null,
						null));
		var projection = new Task(new ConnectorOperator(null, null, SalesforceConnectorOperator.PROJECTION, null, null),
				null, List.of("Id", "Name"), null, TaskType.Filter);
		var flow = new FlowDefinition(null, flowName, KEY, source, List.of(projection),
				new TriggerConfig(TriggerType.OnDemand, null));
		return of(new AppflowIntegration(flow, null), null);
	}

	static CreateIntegrationWorkflow withRole(String flowName, String roleArn) {
		var request = named(flowName);
		return new CreateIntegrationWorkflow(request.domainName(), request.workflowType(), request.integrationConfig(),
				request.objectTypeName(), roleArn, null);
	}

	static CreateIntegrationWorkflow withEveryMember() {
		var properties = new SourceConnectorProperties(new MarketoSourceProperties("Lead"),
				new S3SourceProperties("bucket", "prefix"), new SalesforceSourceProperties("Account", true, false),
				new ServiceNowSourceProperties("incident"), new ZendeskSourceProperties("tickets"));
		var source = new SourceFlowConfig("sales-org", SourceConnectorType.Servicenow,
				new IncrementalPullConfig("LastModifiedDate"), properties);
		var operator = new ConnectorOperator(MarketoConnectorOperator.GREATER_THAN, S3ConnectorOperator.EQUAL_TO,
				SalesforceConnectorOperator.MASK_FIRST_N, ServiceNowConnectorOperator.CONTAINS,
				ZendeskConnectorOperator.NO_OP);
		var first = new Task(operator, "Phone", List.of("Phone", "Mobile"),
				Map.of(OperatorPropertiesKey.MASK_LENGTH, "6", OperatorPropertiesKey.MASK_VALUE, "*"), TaskType.Mask);
		var second = new Task(operator, "Name", List.of("Name"), Map.of(OperatorPropertiesKey.VALUE, "x"),
				TaskType.Map);
		var schedule = new ScheduledTriggerProperties("rate(1hours)", DataPullMode.Incremental,
				Instant.ofEpochSecond(1924988400), Instant.ofEpochSecond(1956524400), "Europe/Berlin", 120L,
				Instant.ofEpochMilli(1704063600250L));
		var flow = new FlowDefinition("Accounts of the sales org", "accounts", KEY, source, List.of(first, second),
				new TriggerConfig(TriggerType.Scheduled, new TriggerProperties(schedule)));
		var batches = List.of(new Batch(Instant.ofEpochSecond(1704063600), Instant.ofEpochSecond(1709247600)),
				new Batch(Instant.ofEpochSecond(1709247600), Instant.ofEpochSecond(1714514400)));
		return of(new AppflowIntegration(flow, batches), Map.of("team", "crm", "cost-center", "4711"));
	}

	static CreateIntegrationWorkflow withEmptyCollections() {
		var flow = named("accounts").flowDefinition();
		var task = new Task(null, null, List.of(), Map.of(), TaskType.Filter);
		var emptied = new FlowDefinition(null, flow.flowName(), flow.kmsArn(), flow.sourceFlowConfig(), List.of(task),
				flow.triggerConfig());
		return of(new AppflowIntegration(emptied, List.of()), Map.of());
	}

	private static CreateIntegrationWorkflow of(AppflowIntegration integration, @Nullable Map<String, String> tags) {
		return new CreateIntegrationWorkflow(DOMAIN, WorkflowType.APPFLOW_INTEGRATION,
				new IntegrationConfig(integration), "Salesforce-Account", ROLE, tags);
	}

}
