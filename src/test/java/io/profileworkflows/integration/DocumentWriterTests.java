package io.profileworkflows.integration;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.profileworkflows.integration.Sample.FLOW;
import static io.profileworkflows.integration.Sample.SCHEDULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DocumentWriterTests {

	private static final DocumentReader reader = Readers.allowingAllConnectors();

	private final DocumentWriter writer = new DocumentWriter();

	@Test
	void writesMembersSortedAndTimesInSeconds() {
		var request = reader
			.readRequest(Sample.of("servicenow-on-demand.json")
				.with("/Tags", "{ \"b\": \"2\", \"a\": \"1\" }")
				.with(FLOW + "/Tasks", """
						[{ "TaskType": "Filter", "SourceFields": ["caller_id"],
						  "ConnectorOperator": { "ServiceNow": "PROJECTION" } },
						 { "TaskType": "Map", "SourceFields": ["caller_id"], "DestinationField": "caller",
						  "TaskProperties": { "SOURCE_DATA_TYPE": "string" } }]""")
				.with("/IntegrationConfig/AppflowIntegration/Batches",
						"[{ \"StartTime\": 1704063600.0, \"EndTime\": \"2024-03-01T00:00:00.001+01:00\" }]")
				.bytes(), DocumentFormat.JSON, "support")
			.require();

		assertThat(writer.write(request)).isEqualTo("{\"DomainName\":\"support\",\"IntegrationConfig\":"
				+ "{\"AppflowIntegration\":{\"Batches\":[{\"EndTime\":1709247600.001,\"StartTime\":1704063600}],"
				+ "\"FlowDefinition\":{\"FlowName\":\"support-servicenow-incidents\","
				+ "\"KmsArn\":\"arn:aws:kms:eu-central-1:123456789012:key/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0\","
				+ "\"SourceFlowConfig\":{\"ConnectorProfileName\":\"itsm-prod\",\"ConnectorType\":\"Servicenow\","
				+ "\"SourceConnectorProperties\":{\"ServiceNow\":{\"Object\":\"incident\"}}},"
				+ "\"Tasks\":[{\"ConnectorOperator\":{\"ServiceNow\":\"PROJECTION\"},"
				+ "\"SourceFields\":[\"caller_id\"],\"TaskType\":\"Filter\"},"
				+ "{\"DestinationField\":\"caller\",\"SourceFields\":[\"caller_id\"],"
				+ "\"TaskProperties\":{\"SOURCE_DATA_TYPE\":\"string\"},\"TaskType\":\"Map\"}],\"TriggerConfig\":{\"TriggerType\":\"OnDemand\"}}}},"
				+ "\"ObjectTypeName\":\"ServiceNow-Incident\","
				+ "\"RoleArn\":\"arn:aws:iam::123456789012:role/customer-profiles-ingest\","
				+ "\"Tags\":{\"a\":\"1\",\"b\":\"2\"},\"WorkflowType\":\"APPFLOW_INTEGRATION\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "salesforce-complete.json", "salesforce-scheduled.json", "servicenow-on-demand.json",
			"marketo-scheduled.yaml", "zendesk-on-demand.yaml", "s3-scheduled.yaml" })
	void readsBackWhatItWrote(String name) {
		var request = read(Sample.of(name));

		assertThat(writer.readStored(writer.write(request))).isEqualTo(request);
	}

	@Test
	void readsBackEveryMember() {
		var request = everyMember();

		assertThat(writer.readStored(writer.write(request))).isEqualTo(request);
		assertThat(writer.write(request)).as("no member is left out").doesNotContain("null");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1924988400, 0", "253402300799, 999999999", "1924988400, 1", "1924988400, 120000000" })
	void keepsEveryNanosecond(long seconds, int nanos) {
		var time = Instant.ofEpochSecond(seconds, nanos);
		var request = everyMember(time);

		var stored = writer.readStored(writer.write(request));

		assertThat(stored.integrationConfig().appflowIntegration().batches()).first()
			.extracting(Batch::startTime)
			.isEqualTo(time);
		assertThat(writer.write(request)).as("plain numbers").doesNotContain("E+").doesNotContain("E9");
	}

	@Test
	void hasOneDigestForAllFormsOfARequest() {
		var digest = digest(read(Sample.complete()));

		assertThat(digest).hasSize(32);
		assertThat(digest(reader.readRequest(Sample.complete().yaml(), DocumentFormat.YAML, "retail").require()))
			.as("YAML")
			.isEqualTo(digest);
		assertThat(digest(read(Sample.complete().without("/DomainName")))).as("domain in the path").isEqualTo(digest);
		assertThat(digest(read(Sample.complete().with("/Tags", "{ \"cost-center\": \"4711\", \"team\": \"crm\" }"))))
			.as("order of keys")
			.isEqualTo(digest);
		assertThat(
				digest(read(Sample.complete().with(SCHEDULE + "/ScheduleStartTime", "\"2031-01-01T00:00:00+01:00\""))))
			.as("form of times")
			.isEqualTo(digest);
		assertThat(digest(read(Sample.complete().with(SCHEDULE + "/ScheduleExpression", "\"rate(1 hour)\""))))
			.as("spelling of the schedule")
			.isEqualTo(digest);
	}

	@Test
	void hasAnotherDigestForAnotherRequest() {
		var digest = digest(read(Sample.complete()));

		assertThat(digest(read(Sample.complete().with(SCHEDULE + "/ScheduleOffset", "601")))).isNotEqualTo(digest);
		assertThat(digest(read(Sample.complete().without("/Tags")))).isNotEqualTo(digest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{} {}", "{ \"Unknown\": 1 }", "{ \"RoleArn\": 7 }" })
	void refusesWhatItDidNotWrite(String json) {
		assertThatIllegalStateException().isThrownBy(() -> writer.readStored(json)).withMessageContaining("stored");
	}

	private byte[] digest(CreateIntegrationWorkflow request) {
		return writer.digest(writer.write(request));
	}

	private static CreateIntegrationWorkflow read(Sample sample) {
		var domain = sample.document().path("DomainName").asString("retail");
		return reader.readRequest(sample.bytes(), DocumentFormat.JSON, domain).require();
	}

	private static CreateIntegrationWorkflow everyMember() {
		return everyMember(Instant.ofEpochSecond(1_924_988_400L, 123_456_789));
	}

	/**
	 * No valid request has them all.
	 */
	private static CreateIntegrationWorkflow everyMember(Instant time) {
		var properties = new LinkedHashMap<OperatorPropertiesKey, String>();
		for (var key : OperatorPropertiesKey.values()) {
			properties.put(key, "ä \"" + key + "\" \\ \u2028 😀");
		}
		var task = new Task(new ConnectorOperator(MarketoConnectorOperator.NO_OP, S3ConnectorOperator.NO_OP,
				SalesforceConnectorOperator.NO_OP, ServiceNowConnectorOperator.NO_OP, ZendeskConnectorOperator.NO_OP),
				"destination", List.of("one", "two"), properties, TaskType.Map);
		var source = new SourceFlowConfig("profile", SourceConnectorType.Salesforce, new IncrementalPullConfig("date"),
				new SourceConnectorProperties(new MarketoSourceProperties("m"),
						new S3SourceProperties("bucket", "prefix"), new SalesforceSourceProperties("s", true, false),
						new ServiceNowSourceProperties("n"), new ZendeskSourceProperties("z")));
		var trigger = new TriggerConfig(TriggerType.Scheduled,
				new TriggerProperties(new ScheduledTriggerProperties("rate(1hours)", DataPullMode.Complete, time, time,
						"Europe/Berlin", 1L, time)));
		var flow = new FlowDefinition("description", "flow", "key", source, List.of(task), trigger);
		return new CreateIntegrationWorkflow("retail", WorkflowType.APPFLOW_INTEGRATION,
				new IntegrationConfig(new AppflowIntegration(flow, List.of(new Batch(time, time)))), "type", "role",
				Map.of("z", "1", "a", "2"));
	}

}
