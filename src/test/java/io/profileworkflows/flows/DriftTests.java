package io.profileworkflows.flows;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.integration.DocumentWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the adapter makes of DescribeFlow has the request's own members; see
 * {@code AppFlowTests}.
 */
class DriftTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String SCHEDULED = "/TriggerConfig/TriggerProperties/Scheduled";

	private final String request = new DocumentWriter().write(SampleRequest.of("retail", "flow").request());

	private final ObjectNode flow = (ObjectNode) JSON.readTree(request)
		.at("/IntegrationConfig/AppflowIntegration/FlowDefinition");

	@Test
	void findsNothingWhereAllIsAsItWasAskedFor() {
		assertThat(drift()).isEmpty();
	}

	/** What AppFlow writes otherwise and means the same by. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/Description                                                     | "Another one"
					/FlowName                                                        | "flow-1"
					/SourceFlowConfig/ApiVersion                                     | "58.0"
					/SourceFlowConfig/SourceConnectorProperties/Salesforce/DataTransferApi | "AUTOMATIC"
					/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression    | "rate(1hour)"
					/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression    | "rate(1 hours)"
					/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression    | "Rate( 1 Hour )"
					/TriggerConfig/TriggerProperties/Scheduled/ScheduleOffset        | 0
					/TriggerConfig/TriggerProperties/Scheduled/ScheduleStartTime     | 1924988400.000
					/TriggerConfig/TriggerProperties/Scheduled/FlowErrorDeactivationThreshold | 10
					/Tasks/2/TaskProperties                                          | {}
					/Tasks/2/TaskProperties                                          | {"DATA_TYPE": "string"}
					/Tasks/0/SourceFields                                            | ["Phone", "Name", "LastModifiedDate", "Id"]
					""")
	void findsNothingInWhatAppFlowNormalises(String pointer, String value) {
		set(pointer, value);

		assertThat(drift()).isEmpty();
	}

	@Test
	void findsNothingInTheOrderOfTasks() {
		var tasks = (ArrayNode) flow.path("Tasks");
		tasks.add(tasks.remove(0));

		assertThat(drift()).isEmpty();
	}

	@Test
	void findsNothingInTimesThatAppFlowTellsAsSuch() {
		var members = members();
		schedule(members).put("ScheduleStartTime", Instant.ofEpochSecond(1924988400));

		assertThat(drift(members, true)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/KmsArn                                                       | "arn:aws:kms:eu-central-1:1:key/2"  | /KmsArn
					/SourceFlowConfig/ConnectorProfileName                        | "another-org"   | /SourceFlowConfig/ConnectorProfileName
					/SourceFlowConfig/ConnectorType                               | "Zendesk"       | /SourceFlowConfig/ConnectorType
					/SourceFlowConfig/IncrementalPullConfig                       | {}              | /SourceFlowConfig/IncrementalPullConfig/DatetimeTypeFieldName
					/SourceFlowConfig/SourceConnectorProperties/Salesforce/Object | "Contact"       | /SourceFlowConfig/SourceConnectorProperties/Salesforce/Object
					/SourceFlowConfig/SourceConnectorProperties/Salesforce/IncludeDeletedRecords | false | /SourceFlowConfig/SourceConnectorProperties/Salesforce/IncludeDeletedRecords
					/TriggerConfig/TriggerType                                    | "OnDemand"      | /TriggerConfig/TriggerType
					/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression | "rate(7days)"   | /TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression
					/TriggerConfig/TriggerProperties/Scheduled/DataPullMode       | "Complete"      | /TriggerConfig/TriggerProperties/Scheduled/DataPullMode
					/TriggerConfig/TriggerProperties/Scheduled/ScheduleStartTime  | 1924988401      | /TriggerConfig/TriggerProperties/Scheduled/ScheduleStartTime
					/Tasks/0/SourceFields                                         | ["Id", "Name", "Phone"] | /Tasks/0/SourceFields
					/Tasks/0/SourceFields                                         | ["Id", "Name", "Phone", "LastModifiedDate", "Fax"] | /Tasks/0/SourceFields
					/Tasks/2/SourceFields                                         | ["Nickname"]    | /Tasks/2/SourceFields
					/Tasks/4/TaskProperties/MASK_LENGTH                           | "2"             | /Tasks/4/TaskProperties/MASK_LENGTH
					/Tasks/4/TaskProperties                                       | {"MASK_VALUE": "*"} | /Tasks/4/TaskProperties/MASK_LENGTH
					""")
	void findsWhatSomebodyChanged(String pointer, String value, String difference) {
		set(pointer, value);

		assertThat(drift()).extracting(Difference::pointer).containsExactly(difference);
	}

	@Test
	void findsTasksThatWereRemovedAndAdded() {
		var tasks = (ArrayNode) flow.path("Tasks");
		tasks.remove(1);
		tasks.add(JSON.readTree("""
				{"TaskType": "Map", "SourceFields": ["Fax"], "DestinationField": "Fax",
				 "ConnectorOperator": {"Salesforce": "NO_OP"}}
				"""));

		assertThat(drift()).extracting(Difference::sentence)
			.containsExactly("/Tasks/1 is not there; asked for was Map NO_OP of Id to Id",
					"/Tasks has what nobody asked for: Map NO_OP of Fax to Fax");
	}

	@Test
	void saysWhatIsAndWhatWasAskedFor() {
		set(SCHEDULED + "/ScheduleExpression", "\"rate(7days)\"");

		assertThat(drift().getFirst().sentence())
			.isEqualTo(SCHEDULED + "/ScheduleExpression is rate(7days); asked for was rate(1hours)");
	}

	@Test
	void showsNoValueInItsTextForm() {
		assertThat(new Difference("/Tasks/1", "secret", "hidden")).hasToString("Difference[/Tasks/1]");
	}

	@Test
	void asksOfAFlowWithALongerNameOnlyItsSourceAndItsKey() {
		flow.remove("Tasks");
		set("/TriggerConfig/TriggerType", "\"OnDemand\"");
		assertThat(drift(members(), false)).isEmpty();

		set("/SourceFlowConfig/ConnectorProfileName", "\"another\"");
		assertThat(drift(members(), false)).hasSize(1);
	}

	@Test
	void doesNotCompareAKeyWithAnAlias() {
		var aliased = new DocumentWriter().write(SampleRequest.of("retail", "flow")
			.with("/IntegrationConfig/AppflowIntegration/FlowDefinition/KmsArn",
					"arn:aws:kms:eu-central-1:123456789012:alias/profiles")
			.request());

		assertThat(Drift.of(aliased, members(), true)).isEmpty();
	}

	private List<Difference> drift() {
		return drift(members(), true);
	}

	private List<Difference> drift(Map<String, Object> members, boolean isItself) {
		return Drift.of(request, members, isItself);
	}

	private Map<String, Object> members() {
		return JSON.convertValue(flow, new TypeReference<Map<String, Object>>() {
		});
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> schedule(Map<String, Object> members) {
		var properties = (Map<String, Object>) ((Map<String, Object>) members.get("TriggerConfig"))
			.get("TriggerProperties");
		return (Map<String, Object>) properties.get("Scheduled");
	}

	private void set(String pointer, String value) {
		var end = pointer.lastIndexOf('/');
		((ObjectNode) flow.at(pointer.substring(0, end))).set(pointer.substring(end + 1), JSON.readTree(value));
	}

}
