package io.profileworkflows.integration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static io.profileworkflows.integration.Sample.SCHEDULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CreateIntegrationWorkflowTests {

	private static final DocumentReader reader = Readers.byDefault();

	@Test
	void tellsNothingOfItsFlowButTheName() {
		var request = read(Sample.complete());

		assertThat(request.toString()).contains("FlowDefinition[flowName=retail-salesforce-contacts]")
			.doesNotContain("arn:aws:kms", "sales-org", "object=", "LastModifiedDate", "Phone", "MASK", "rate");
		assertThat(request.flowDefinition()).hasToString("FlowDefinition[flowName=retail-salesforce-contacts]");
	}

	@Test
	void spoilsWhenItsScheduleEnds() {
		var request = read(Sample.complete().with(SCHEDULE + "/ScheduleEndTime", "1924999999"));

		assertThat(request.spoiledAt(Instant.ofEpochSecond(1924999998))).isNull();
		assertThat(request.spoiledAt(Instant.ofEpochSecond(1924999999))).isEqualTo("ScheduleEndTime has passed");
	}

	@Test
	void noticesThatItsScheduleShouldHaveBegun() {
		var request = read(Sample.complete());

		assertThat(request.startPassedAt(Instant.ofEpochSecond(1924988399))).isNull();
		assertThat(request.startPassedAt(Instant.ofEpochSecond(1924988400))).isEqualTo("ScheduleStartTime has passed");
	}

	@Test
	void doesNotSpoilWithoutASchedule() {
		var request = read(Sample.of("servicenow-on-demand.json").without("/DomainName"));

		assertThat(request.spoiledAt(Instant.MAX)).isNull();
		assertThat(request.startPassedAt(Instant.MAX)).isNull();
	}

	@Test
	void cannotBeChangedThroughWhatItWasMadeOf() {
		var fields = new ArrayList<>(List.of("Id"));
		var properties = new HashMap<>(Map.of(OperatorPropertiesKey.VALUE, "1"));
		var task = new Task(null, "Id", fields, properties, TaskType.Map);

		fields.add("Name");
		properties.clear();

		assertThat(task.sourceFields()).containsExactly("Id");
		assertThat(task.taskProperties()).containsOnlyKeys(OperatorPropertiesKey.VALUE);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> task.sourceFields().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> task.taskProperties().clear());
	}

	private static CreateIntegrationWorkflow read(Sample sample) {
		return reader.readRequest(sample.bytes(), DocumentFormat.JSON, "retail").require();
	}

}
