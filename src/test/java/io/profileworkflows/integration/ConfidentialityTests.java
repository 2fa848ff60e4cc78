package io.profileworkflows.integration;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.profileworkflows.SampleRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What AppFlow is to do is in no text form of any part of it: AWS marks it sensitive.
 */
class ConfidentialityTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final String MARKER = "pl4nted";

	private final CreateIntegrationWorkflow request = SampleRequest.unique()
		.with(FLOW + "/Description", MARKER)
		.with(FLOW + "/KmsArn", "arn:aws:kms:eu-central-1:123456789012:key/" + MARKER)
		.with(FLOW + "/SourceFlowConfig/ConnectorProfileName", MARKER)
		.with(FLOW + "/SourceFlowConfig/SourceConnectorProperties/Salesforce/Object", MARKER)
		.with(FLOW + "/SourceFlowConfig/IncrementalPullConfig/DatetimeTypeFieldName", MARKER)
		.with(FLOW + "/Tasks/1/DestinationField", MARKER)
		.with(FLOW + "/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression", MARKER)
		.request();

	@Test
	void aRequestSaysNothingOfIt() {
		assertThat(recordsIn(request)).hasSizeGreaterThan(10)
			.extracting(Objects::toString)
			.noneMatch(text -> text.contains(MARKER));
	}

	private static Stream<Object> recordsIn(@Nullable Object value) {
		return switch (value) {
			case Record part -> Stream.concat(Stream.of(part), Arrays.stream(part.getClass().getRecordComponents())
				.flatMap(component -> recordsIn(valueOf(component, part))));
			case Collection<?> parts -> parts.stream().flatMap(ConfidentialityTests::recordsIn);
			case Map<?, ?> parts -> parts.values().stream().flatMap(ConfidentialityTests::recordsIn);
			case null, default -> Stream.empty();
		};
	}

	private static @Nullable Object valueOf(RecordComponent component, Record part) {
		try {
			return component.getAccessor().invoke(part);
		}
		catch (ReflectiveOperationException failure) {
			throw new IllegalStateException(failure);
		}
	}

}
