package io.profileworkflows.customerprofiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.profileworkflows.integration.ConnectorOperator;
import io.profileworkflows.integration.DataPullMode;
import io.profileworkflows.integration.MarketoConnectorOperator;
import io.profileworkflows.integration.OperatorPropertiesKey;
import io.profileworkflows.integration.S3ConnectorOperator;
import io.profileworkflows.integration.SalesforceConnectorOperator;
import io.profileworkflows.integration.ServiceNowConnectorOperator;
import io.profileworkflows.integration.SourceConnectorType;
import io.profileworkflows.integration.TaskType;
import io.profileworkflows.integration.TriggerType;
import io.profileworkflows.integration.WorkflowType;
import io.profileworkflows.integration.ZendeskConnectorOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.customerprofiles.model.CreateIntegrationWorkflowRequest;
import software.amazon.awssdk.services.customerprofiles.model.TagResourceRequest;

import static org.assertj.core.api.Assertions.assertThat;

class CreateRequestsTests {

	private final CreateIntegrationWorkflowRequest full = CreateRequests.of(Requests.withEveryMember());

	@Test
	void losesNothingOnTheWayThereAndBack() {
		assertThat(ReadBack.of(full)).isEqualTo(Requests.withEveryMember());
		assertThat(CreateRequests.of(ReadBack.of(full))).isEqualTo(full);
	}

	@Test
	void setsEveryMemberThatTheSdkKnows() {
		assertThat(unset(full)).isEmpty();
	}

	@Test
	void provesItWithARequestThatLeavesOutNoMember() {
		assertThat(absent(Requests.withEveryMember())).isEmpty();
	}

	@Test
	void wouldNoticeAMemberThatIsNotSet() {
		var incomplete = full.toBuilder().roleArn(null).build();

		assertThat(unset(incomplete)).containsExactly("CreateIntegrationWorkflowRequest.RoleArn");
		assertThat(unset(TagResourceRequest.builder().build())).hasSize(2);
	}

	@Test
	void leavesOutWhatIsAbsent() {
		var sparse = CreateRequests.of(Requests.named("accounts"));
		var flow = sparse.integrationConfig().appflowIntegration().flowDefinition();
		var task = flow.tasks().getFirst();

		assertThat(sparse.hasTags()).isFalse();
		assertThat(sparse.integrationConfig().appflowIntegration().hasBatches()).isFalse();
		assertThat(task.hasTaskProperties()).isFalse();
		assertThat(flow.triggerConfig().triggerProperties()).isNull();
		assertThat(flow.sourceFlowConfig().incrementalPullConfig()).isNull();
		assertThat(flow.sourceFlowConfig().sourceConnectorProperties().salesforce().includeDeletedRecords()).isNull();
		assertThat(ReadBack.of(sparse)).isEqualTo(Requests.named("accounts"));
	}

	@Test
	void tellsEmptyFromAbsentExceptForTags() {
		var empty = CreateRequests.of(Requests.withEmptyCollections());
		var integration = empty.integrationConfig().appflowIntegration();

		assertThat(empty.hasTags()).isFalse();
		assertThat(integration.hasBatches()).isTrue();
		assertThat(integration.batches()).isEmpty();
		assertThat(integration.flowDefinition().tasks().getFirst().hasTaskProperties()).isTrue();
		assertThat(integration.flowDefinition().tasks().getFirst().hasSourceFields()).isTrue();
	}

	@Test
	void knowsTheSameValuesAsTheSdk() {
		var sdk = "software.amazon.awssdk.services.customerprofiles.model.";

		assertThat(Stream.of(WorkflowType.class, SourceConnectorType.class, TaskType.class, TriggerType.class,
				DataPullMode.class, OperatorPropertiesKey.class, MarketoConnectorOperator.class,
				S3ConnectorOperator.class, SalesforceConnectorOperator.class, ServiceNowConnectorOperator.class,
				ZendeskConnectorOperator.class))
			.allSatisfy(type -> assertThat(names(type)).containsExactlyInAnyOrderElementsOf(values(Class
				.forName(sdk + type.getSimpleName().replace("OperatorPropertiesKey", "OperatorPropertiesKeys")))));
	}

	@Test
	void hasAnOperatorForEachConnector() {
		assertThat(ConnectorOperator.class.getRecordComponents()).hasSize(SourceConnectorType.values().length);
	}

	private static List<String> names(Class<?> type) {
		return Stream.of(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name()).toList();
	}

	private static List<String> values(Class<?> type) {
		return Stream.of(type.getEnumConstants()).map(Object::toString).filter(value -> !value.equals("null")).toList();
	}

	private static List<String> unset(SdkPojo shape) {
		var unset = new ArrayList<String>();
		for (var field : shape.sdkFields()) {
			var value = field.getValueOrDefault(shape);
			if (isMissing(value)) {
				unset.add(nameOf(shape, field));
			}
			within(value).filter(SdkPojo.class::isInstance).forEach(part -> unset.addAll(unset((SdkPojo) part)));
		}
		return unset;
	}

	private static String nameOf(SdkPojo shape, SdkField<?> field) {
		return shape.getClass().getSimpleName() + "." + field.locationName();
	}

	private static List<String> absent(Record document) {
		var absent = new ArrayList<String>();
		for (var component : document.getClass().getRecordComponents()) {
			try {
				var value = component.getAccessor().invoke(document);
				if (isMissing(value)) {
					absent.add(document.getClass().getSimpleName() + "." + component.getName());
				}
				within(value).filter(Record.class::isInstance).forEach(part -> absent.addAll(absent((Record) part)));
			}
			catch (ReflectiveOperationException failure) {
				throw new AssertionError(failure);
			}
		}
		return absent;
	}

	private static boolean isMissing(Object value) {
		return value == null || (value instanceof Collection<?> values && values.isEmpty())
				|| (value instanceof Map<?, ?> map && map.isEmpty());
	}

	private static Stream<?> within(Object value) {
		return (value instanceof Collection<?> values) ? values.stream() : Stream.ofNullable(value);
	}

}
