package io.profileworkflows.preflight;

import java.util.List;
import java.util.Set;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.appflow.AppFlows;
import io.profileworkflows.appflow.SourceField;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.DocumentWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against the simulated AppFlow, whose object Account has the fields Id, Name, Phone,
 * LastModifiedDate, Industry, Legacy__c, and Secret__c, which cannot be read.
 */
class SourcesTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final PreflightSettings settings = Preflights.settings(OnCreate.OFF, Preflights.LONG);

	private final KnownAnswers answers = new KnownAnswers(
			new Questions(null, null, AppFlows.at(SimulatedAws.simulator().endpoint()), settings), settings);

	private final Inspector inspector = new Inspector(answers, Preflights.HERE, settings);

	@Test
	void passASampleWithoutAMistake() {
		var request = SampleRequest.unique().request();

		assertThat(inspect(Check.CONNECTOR_PROFILE, request)).isEqualTo(Verdict.passed());
		assertThat(inspect(Check.SOURCE_FIELDS, request)).isEqualTo(Verdict.passed());
	}

	/** Each is one that AWS finds only minutes later, or never. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					CONNECTOR_PROFILE | /SourceFlowConfig/ConnectorProfileName | "missing-org"  | does not exist at AppFlow
					CONNECTOR_PROFILE | /SourceFlowConfig/ConnectorProfileName | "marketo-eu"   | is a connection to Marketo, and the request fetches from Salesforce
					CONNECTOR_PROFILE | /SourceFlowConfig/ConnectorProfileName | "itsm-prod"    | is a connection to Servicenow, and the request fetches from Salesforce
					CONNECTOR_PROFILE | /SourceFlowConfig/ConnectorProfileName | "zendesk-eu"   | is a connection to Zendesk, and the request fetches from Salesforce
					SOURCE_FIELDS | /SourceFlowConfig/SourceConnectorProperties/Salesforce/Object | "MissingObject" | does not exist at the source
					SOURCE_FIELDS | /Tasks/0/SourceFields | ["Id", "Name", "Phone", "LastModifiedDate", "Fax"]       | Tasks/0/SourceFields/4 does not exist at the source
					SOURCE_FIELDS | /Tasks/0/SourceFields | ["Fax", "Name", "Phone", "Pager"]                        | Tasks/0/SourceFields/0 does not exist at the source; Tasks/0/SourceFields/3 does not exist at the source
					SOURCE_FIELDS | /Tasks/0/SourceFields | ["id", "Name", "Phone", "LastModifiedDate"]              | Tasks/0/SourceFields/0 does not exist at the source, but one with other capital letters does
					SOURCE_FIELDS | /Tasks/0/SourceFields | ["Id", "Name", "Secret__c"]                              | Tasks/0/SourceFields/2 cannot be read at the source
					SOURCE_FIELDS | /Tasks/1/SourceFields | ["Identity"]                                             | Tasks/1/SourceFields/0 does not exist at the source
					SOURCE_FIELDS | /Tasks/2/SourceFields | ["NAME"]                                                 | Tasks/2/SourceFields/0 does not exist at the source, but one with other capital letters does
					SOURCE_FIELDS | /Tasks/3/SourceFields | ["Secret__c"]                                            | Tasks/3/SourceFields/0 cannot be read at the source
					SOURCE_FIELDS | /SourceFlowConfig/IncrementalPullConfig/DatetimeTypeFieldName | "Modified"       | DatetimeTypeFieldName does not exist at the source
					SOURCE_FIELDS | /SourceFlowConfig/IncrementalPullConfig/DatetimeTypeFieldName | "lastModifiedDate" | DatetimeTypeFieldName does not exist at the source, but one with other capital letters does
					SOURCE_FIELDS | /SourceFlowConfig/IncrementalPullConfig/DatetimeTypeFieldName | "Name"           | DatetimeTypeFieldName is no field that tells what is new
					SOURCE_FIELDS | /Tasks/1 | {"TaskType": "Filter", "SourceFields": ["LastModifiedDate"], "ConnectorOperator": {"Salesforce": "CONTAINS"}} | Tasks/1/SourceFields/0 cannot be filtered by the operator of its task
					SOURCE_FIELDS | /Tasks/1 | {"TaskType": "Filter", "SourceFields": ["Name"], "ConnectorOperator": {"Salesforce": "LESS_THAN_OR_EQUAL_TO"}} | Tasks/1/SourceFields/0 cannot be filtered by the operator of its task
					SOURCE_FIELDS | /Tasks/1 | {"TaskType": "Filter", "SourceFields": ["Fax"], "ConnectorOperator": {"Salesforce": "EQUAL_TO"}}      | Tasks/1/SourceFields/0 does not exist at the source
					SOURCE_FIELDS | /Tasks/1 | {"TaskType": "Map", "SourceFields": ["Fax"], "DestinationField": "Fax", "ConnectorOperator": {"Salesforce": "NO_OP"}} | Tasks/1/SourceFields/0 does not exist at the source
					SOURCE_FIELDS | /Tasks/1 | {"TaskType": "Validate", "SourceFields": ["Secret__c"], "ConnectorOperator": {"Salesforce": "VALIDATE_NON_NULL"}} | Tasks/1/SourceFields/0 cannot be read at the source
					""")
	void nameEachMistake(Check check, String pointer, String value, String reason) {
		var request = with(pointer, value);

		var verdict = inspect(check, request);

		assertThat(verdict.result()).isEqualTo(CheckResult.FAILED);
		assertThat(verdict.reason()).contains(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					CONNECTOR_PROFILE | /SourceFlowConfig/ConnectorProfileName | "hidden-org"  | no permission for appflow:DescribeConnectorProfiles
					SOURCE_FIELDS     | /SourceFlowConfig/ConnectorProfileName | "hidden-org"  | no permission for appflow:DescribeConnectorEntity
					SOURCE_FIELDS     | /SourceFlowConfig/ConnectorProfileName | "expired-org" | authorize it again
					SOURCE_FIELDS     | /SourceFlowConfig/SourceConnectorProperties/Salesforce/Object | "Silent__c" | The source did not answer
					""")
	void failNothingThatMayNotBeSeenOrDoesNotAnswer(Check check, String pointer, String value, String reason) {
		var verdict = inspect(check, with(pointer, value));

		assertThat(verdict.result()).isEqualTo(CheckResult.UNKNOWN);
		assertThat(verdict.reason()).contains(reason);
	}

	@Test
	void leaveWhatOthersMadeToArithmetic() {
		var request = with("/Tasks/1", """
				{"TaskType": "Arithmetic", "SourceFields": ["Sum"], "DestinationField": "Total",
				 "ConnectorOperator": {"Salesforce": "ADDITION"}}
				""");

		assertThat(inspect(Check.SOURCE_FIELDS, request)).isEqualTo(Verdict.passed());
	}

	@Test
	void sayWhereAMistakeIsAndNotWhatIsThere() {
		var fields = List.of(new SourceField("Id", false, true, false, Set.of()));

		assertThat(Sources.judge(SampleRequest.unique().request(), fields).reason())
			.contains("Tasks/0/SourceFields/1 does not exist at the source")
			.doesNotContain("Phone", "LastModifiedDate");
	}

	private Verdict inspect(Check check, CreateIntegrationWorkflow request) {
		return inspector.inspect(check, request, Deadline.in(Preflights.LONG));
	}

	private static CreateIntegrationWorkflow with(String pointer, String value) {
		var document = JSON.readTree(SampleRequest.unique().json());
		var end = pointer.lastIndexOf('/');
		var name = pointer.substring(end + 1);
		switch (document.at(FLOW + pointer.substring(0, end))) {
			case ArrayNode list -> list.set(Integer.parseInt(name), JSON.readTree(value));
			case ObjectNode members -> members.set(name, JSON.readTree(value));
			default -> throw new IllegalArgumentException(pointer);
		}
		return new DocumentWriter().readStored(JSON.writeValueAsString(document));
	}

}
