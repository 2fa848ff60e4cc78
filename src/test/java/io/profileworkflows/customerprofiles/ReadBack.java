package io.profileworkflows.customerprofiles;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

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
import software.amazon.awssdk.services.customerprofiles.model.CreateIntegrationWorkflowRequest;

/**
 * The way back from {@link CreateRequests}, for the proof that nothing is lost on the way
 * there.
 */
final class ReadBack {

	private ReadBack() {
	}

	static CreateIntegrationWorkflow of(CreateIntegrationWorkflowRequest request) {
		return new CreateIntegrationWorkflow(request.domainName(), WorkflowType.valueOf(request.workflowTypeAsString()),
				new IntegrationConfig(
						ifPresent(request.integrationConfig().appflowIntegration(), ReadBack::integration)),
				request.objectTypeName(), request.roleArn(), request.hasTags() ? request.tags() : null);
	}

	private static AppflowIntegration integration(
			software.amazon.awssdk.services.customerprofiles.model.AppflowIntegration integration) {
		return new AppflowIntegration(flow(integration.flowDefinition()), integration.hasBatches()
				? integration.batches().stream().map(batch -> new Batch(batch.startTime(), batch.endTime())).toList()
				: null);
	}

	private static FlowDefinition flow(software.amazon.awssdk.services.customerprofiles.model.FlowDefinition flow) {
		return new FlowDefinition(flow.description(), flow.flowName(), flow.kmsArn(), source(flow.sourceFlowConfig()),
				flow.tasks().stream().map(ReadBack::task).toList(), trigger(flow.triggerConfig()));
	}

	private static SourceFlowConfig source(
			software.amazon.awssdk.services.customerprofiles.model.SourceFlowConfig source) {
		var pull = source.incrementalPullConfig();
		return new SourceFlowConfig(source.connectorProfileName(),
				SourceConnectorType.valueOf(source.connectorTypeAsString()),
				(pull != null) ? new IncrementalPullConfig(pull.datetimeTypeFieldName()) : null,
				properties(source.sourceConnectorProperties()));
	}

	private static SourceConnectorProperties properties(
			software.amazon.awssdk.services.customerprofiles.model.SourceConnectorProperties properties) {
		return new SourceConnectorProperties(
				ifPresent(properties.marketo(), marketo -> new MarketoSourceProperties(marketo.object())),
				ifPresent(properties.s3(), s3 -> new S3SourceProperties(s3.bucketName(), s3.bucketPrefix())),
				ifPresent(properties.salesforce(),
						salesforce -> new SalesforceSourceProperties(salesforce.object(),
								salesforce.enableDynamicFieldUpdate(), salesforce.includeDeletedRecords())),
				ifPresent(properties.serviceNow(), serviceNow -> new ServiceNowSourceProperties(serviceNow.object())),
				ifPresent(properties.zendesk(), zendesk -> new ZendeskSourceProperties(zendesk.object())));
	}

	private static Task task(software.amazon.awssdk.services.customerprofiles.model.Task task) {
		return new Task(ifPresent(task.connectorOperator(), ReadBack::operator), task.destinationField(),
				task.sourceFields(), task.hasTaskProperties() ? properties(task.taskPropertiesAsStrings()) : null,
				TaskType.valueOf(task.taskTypeAsString()));
	}

	private static Map<OperatorPropertiesKey, String> properties(Map<String, String> properties) {
		var back = new LinkedHashMap<OperatorPropertiesKey, String>();
		properties.forEach((key, value) -> back.put(OperatorPropertiesKey.valueOf(key), value));
		return back;
	}

	private static ConnectorOperator operator(
			software.amazon.awssdk.services.customerprofiles.model.ConnectorOperator operator) {
		return new ConnectorOperator(ifPresent(operator.marketoAsString(), MarketoConnectorOperator::valueOf),
				ifPresent(operator.s3AsString(), S3ConnectorOperator::valueOf),
				ifPresent(operator.salesforceAsString(), SalesforceConnectorOperator::valueOf),
				ifPresent(operator.serviceNowAsString(), ServiceNowConnectorOperator::valueOf),
				ifPresent(operator.zendeskAsString(), ZendeskConnectorOperator::valueOf));
	}

	private static TriggerConfig trigger(software.amazon.awssdk.services.customerprofiles.model.TriggerConfig trigger) {
		return new TriggerConfig(TriggerType.valueOf(trigger.triggerTypeAsString()),
				ifPresent(trigger.triggerProperties(),
						properties -> new TriggerProperties(ifPresent(properties.scheduled(), ReadBack::schedule))));
	}

	private static ScheduledTriggerProperties schedule(
			software.amazon.awssdk.services.customerprofiles.model.ScheduledTriggerProperties schedule) {
		return new ScheduledTriggerProperties(schedule.scheduleExpression(),
				ifPresent(schedule.dataPullModeAsString(), DataPullMode::valueOf), schedule.scheduleStartTime(),
				schedule.scheduleEndTime(), schedule.timezone(), schedule.scheduleOffset(),
				schedule.firstExecutionFrom());
	}

	private static <T, R> @Nullable R ifPresent(@Nullable T value, Function<T, R> translation) {
		return (value != null) ? translation.apply(value) : null;
	}

}
