package io.profileworkflows.customerprofiles;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.customerprofiles.model.AppflowIntegration;
import software.amazon.awssdk.services.customerprofiles.model.Batch;
import software.amazon.awssdk.services.customerprofiles.model.ConnectorOperator;
import software.amazon.awssdk.services.customerprofiles.model.CreateIntegrationWorkflowRequest;
import software.amazon.awssdk.services.customerprofiles.model.FlowDefinition;
import software.amazon.awssdk.services.customerprofiles.model.IncrementalPullConfig;
import software.amazon.awssdk.services.customerprofiles.model.IntegrationConfig;
import software.amazon.awssdk.services.customerprofiles.model.MarketoSourceProperties;
import software.amazon.awssdk.services.customerprofiles.model.S3SourceProperties;
import software.amazon.awssdk.services.customerprofiles.model.SalesforceSourceProperties;
import software.amazon.awssdk.services.customerprofiles.model.ScheduledTriggerProperties;
import software.amazon.awssdk.services.customerprofiles.model.ServiceNowSourceProperties;
import software.amazon.awssdk.services.customerprofiles.model.SourceConnectorProperties;
import software.amazon.awssdk.services.customerprofiles.model.SourceFlowConfig;
import software.amazon.awssdk.services.customerprofiles.model.Task;
import software.amazon.awssdk.services.customerprofiles.model.TriggerConfig;
import software.amazon.awssdk.services.customerprofiles.model.TriggerProperties;
import software.amazon.awssdk.services.customerprofiles.model.ZendeskSourceProperties;

/**
 * Says a request in the words of the SDK, and loses nothing. What is absent stays absent;
 * enums go by name, so that the SDK cannot fail on a value that it does not know.
 */
final class CreateRequests {

	private CreateRequests() {
	}

	static CreateIntegrationWorkflowRequest of(CreateIntegrationWorkflow request) {
		return CreateIntegrationWorkflowRequest.builder()
			.domainName(request.domainName())
			.workflowType(request.workflowType().name())
			.integrationConfig(integrationConfig(request.integrationConfig()))
			.objectTypeName(request.objectTypeName())
			.roleArn(request.roleArn())
			.tags(tags(request.tags()))
			.build();
	}

	/**
	 * AWS takes 1 to 50 tags, so none are no map.
	 */
	private static @Nullable Map<String, String> tags(@Nullable Map<String, String> tags) {
		return (tags == null || tags.isEmpty()) ? null : tags;
	}

	private static IntegrationConfig integrationConfig(io.profileworkflows.integration.IntegrationConfig config) {
		return IntegrationConfig.builder()
			.appflowIntegration(ifPresent(config.appflowIntegration(), CreateRequests::appflowIntegration))
			.build();
	}

	private static AppflowIntegration appflowIntegration(
			io.profileworkflows.integration.AppflowIntegration integration) {
		return AppflowIntegration.builder()
			.flowDefinition(flowDefinition(integration.flowDefinition()))
			.batches(all(integration.batches(), CreateRequests::batch))
			.build();
	}

	private static Batch batch(io.profileworkflows.integration.Batch batch) {
		return Batch.builder().startTime(batch.startTime()).endTime(batch.endTime()).build();
	}

	private static FlowDefinition flowDefinition(io.profileworkflows.integration.FlowDefinition flow) {
		return FlowDefinition.builder()
			.description(flow.description())
			.flowName(flow.flowName())
			.kmsArn(flow.kmsArn())
			.sourceFlowConfig(sourceFlowConfig(flow.sourceFlowConfig()))
			.tasks(all(flow.tasks(), CreateRequests::task))
			.triggerConfig(triggerConfig(flow.triggerConfig()))
			.build();
	}

	private static SourceFlowConfig sourceFlowConfig(io.profileworkflows.integration.SourceFlowConfig config) {
		return SourceFlowConfig.builder()
			.connectorProfileName(config.connectorProfileName())
			.connectorType(config.connectorType().name())
			.incrementalPullConfig(ifPresent(config.incrementalPullConfig(), CreateRequests::incrementalPullConfig))
			.sourceConnectorProperties(sourceConnectorProperties(config.sourceConnectorProperties()))
			.build();
	}

	private static IncrementalPullConfig incrementalPullConfig(
			io.profileworkflows.integration.IncrementalPullConfig config) {
		return IncrementalPullConfig.builder().datetimeTypeFieldName(config.datetimeTypeFieldName()).build();
	}

	private static SourceConnectorProperties sourceConnectorProperties(
			io.profileworkflows.integration.SourceConnectorProperties properties) {
		return SourceConnectorProperties.builder()
			.marketo(ifPresent(properties.marketo(), CreateRequests::marketo))
			.s3(ifPresent(properties.s3(), CreateRequests::s3))
			.salesforce(ifPresent(properties.salesforce(), CreateRequests::salesforce))
			.serviceNow(ifPresent(properties.serviceNow(), CreateRequests::serviceNow))
			.zendesk(ifPresent(properties.zendesk(), CreateRequests::zendesk))
			.build();
	}

	private static MarketoSourceProperties marketo(io.profileworkflows.integration.MarketoSourceProperties marketo) {
		return MarketoSourceProperties.builder().object(marketo.object()).build();
	}

	private static S3SourceProperties s3(io.profileworkflows.integration.S3SourceProperties s3) {
		return S3SourceProperties.builder().bucketName(s3.bucketName()).bucketPrefix(s3.bucketPrefix()).build();
	}

	private static SalesforceSourceProperties salesforce(
			io.profileworkflows.integration.SalesforceSourceProperties salesforce) {
		return SalesforceSourceProperties.builder()
			.object(salesforce.object())
			.enableDynamicFieldUpdate(salesforce.enableDynamicFieldUpdate())
			.includeDeletedRecords(salesforce.includeDeletedRecords())
			.build();
	}

	private static ServiceNowSourceProperties serviceNow(
			io.profileworkflows.integration.ServiceNowSourceProperties serviceNow) {
		return ServiceNowSourceProperties.builder().object(serviceNow.object()).build();
	}

	private static ZendeskSourceProperties zendesk(io.profileworkflows.integration.ZendeskSourceProperties zendesk) {
		return ZendeskSourceProperties.builder().object(zendesk.object()).build();
	}

	private static Task task(io.profileworkflows.integration.Task task) {
		return Task.builder()
			.connectorOperator(ifPresent(task.connectorOperator(), CreateRequests::connectorOperator))
			.destinationField(task.destinationField())
			.sourceFields(task.sourceFields())
			.taskPropertiesWithStrings(ifPresent(task.taskProperties(), CreateRequests::byName))
			.taskType(task.taskType().name())
			.build();
	}

	private static <K extends Enum<K>> Map<String, String> byName(Map<K, String> properties) {
		return properties.entrySet()
			.stream()
			.collect(Collectors.toMap(property -> property.getKey().name(), Map.Entry::getValue));
	}

	private static ConnectorOperator connectorOperator(io.profileworkflows.integration.ConnectorOperator operator) {
		return ConnectorOperator.builder()
			.marketo(name(operator.marketo()))
			.s3(name(operator.s3()))
			.salesforce(name(operator.salesforce()))
			.serviceNow(name(operator.serviceNow()))
			.zendesk(name(operator.zendesk()))
			.build();
	}

	private static TriggerConfig triggerConfig(io.profileworkflows.integration.TriggerConfig config) {
		return TriggerConfig.builder()
			.triggerType(config.triggerType().name())
			.triggerProperties(ifPresent(config.triggerProperties(), CreateRequests::triggerProperties))
			.build();
	}

	private static TriggerProperties triggerProperties(io.profileworkflows.integration.TriggerProperties properties) {
		return TriggerProperties.builder()
			.scheduled(ifPresent(properties.scheduled(), CreateRequests::scheduled))
			.build();
	}

	private static ScheduledTriggerProperties scheduled(
			io.profileworkflows.integration.ScheduledTriggerProperties schedule) {
		return ScheduledTriggerProperties.builder()
			.scheduleExpression(schedule.scheduleExpression())
			.dataPullMode(name(schedule.dataPullMode()))
			.scheduleStartTime(schedule.scheduleStartTime())
			.scheduleEndTime(schedule.scheduleEndTime())
			.timezone(schedule.timezone())
			.scheduleOffset(schedule.scheduleOffset())
			.firstExecutionFrom(schedule.firstExecutionFrom())
			.build();
	}

	private static @Nullable String name(@Nullable Enum<?> value) {
		return (value != null) ? value.name() : null;
	}

	private static <T, R> @Nullable R ifPresent(@Nullable T value, Function<T, R> translation) {
		return (value != null) ? translation.apply(value) : null;
	}

	private static <T, R> @Nullable List<R> all(@Nullable List<T> values, Function<T, R> translation) {
		return ifPresent(values, present -> present.stream().map(translation).toList());
	}

}
