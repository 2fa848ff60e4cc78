package io.profileworkflows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Requests that only AWS, AppFlow or the source could tell are wrong: a dry run names
 * each mistake. What it may not read, or what does not answer, is no mistake.
 */
@ServiceTest
class SeededMistakesTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final String SOURCE = FLOW + "/SourceFlowConfig";

	private static final String PROFILE = SOURCE + "/ConnectorProfileName";

	private static final String PROJECTED = FLOW + "/Tasks/0/SourceFields";

	private static final String INCREMENTAL = SOURCE + "/IncrementalPullConfig/DatetimeTypeFieldName";

	private static final String PROPERTIES = SOURCE + "/SourceConnectorProperties";

	private static final String KEY = FLOW + "/KmsArn";

	private static final String KEYS = "arn:aws:kms:eu-central-1:123456789012:key/";

	private final Curl curl;

	SeededMistakesTests(@LocalServerPort int port) {
		this.curl = new Curl(port);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(mistake("DOMAIN", "/DomainName", "missing-domain", "does not exist"),
				mistake("OBJECT_TYPE", "/ObjectTypeName", "MissingType", "does not exist"),
				mistake("ROLE", "/RoleArn", "arn:aws:iam::123456789012:role/missing", "does not exist"),
				mistake("ROLE", "/RoleArn", "arn:aws:iam::123456789012:role/untrusting", "profile.amazonaws.com"),
				mistake("KMS_KEY", KEY, KEYS + "missing", "does not exist"),
				mistake("KMS_KEY", KEY, KEYS + "disabled", "Disabled"),
				mistake("DOMAIN_KMS_KEY", KEY, KEYS + "another", "domain"),
				mistake("CONNECTOR_PROFILE", PROFILE, "missing-org", "does not exist"),
				mistake("CONNECTOR_PROFILE", PROFILE, "marketo-leads", "Marketo"),
				mistake("CONNECTOR_PROFILE", PROFILE, "itsm", "Servicenow"),
				mistake("CONNECTOR_PROFILE", PROFILE, "support-desk", "Zendesk"),
				mistake("SOURCE_FIELDS", PROPERTIES + "/Salesforce/Object", "MissingObject", "does not exist"),
				mistake("SOURCE_FIELDS", PROJECTED, List.of("Id", "Nmae", "Phone"),
						"Tasks/0/SourceFields/1 does not exist at the source"),
				mistake("SOURCE_FIELDS", PROJECTED, List.of("Id", "Name", "Email"),
						"Tasks/0/SourceFields/2 does not exist at the source"),
				mistake("SOURCE_FIELDS", PROJECTED, List.of("Id", "name", "Phone"),
						"Tasks/0/SourceFields/1 does not exist at the source, but one with other capital letters"),
				mistake("SOURCE_FIELDS", PROJECTED, List.of("Id", "Name", "Secret__c"),
						"Tasks/0/SourceFields/2 cannot be read"),
				mistake("SOURCE_FIELDS", FLOW + "/Tasks/1/SourceFields", List.of("Idd"), "Tasks/1/SourceFields/0"),
				mistake("SOURCE_FIELDS", FLOW + "/Tasks/4/SourceFields", List.of("Fax"), "Tasks/4/SourceFields/0"),
				mistake("SOURCE_FIELDS", FLOW + "/Tasks/3/SourceFields", List.of("Secret__c"),
						"Tasks/3/SourceFields/0 cannot be read"),
				mistake("SOURCE_FIELDS", INCREMENTAL, "ModifiedOn", "DatetimeTypeFieldName does not exist"),
				mistake("SOURCE_FIELDS", INCREMENTAL, "lastmodifieddate", "DatetimeTypeFieldName does not exist"),
				mistake("SOURCE_FIELDS", INCREMENTAL, "Name", "DatetimeTypeFieldName is no field that tells"));
	}

	private static Arguments mistake(String check, String pointer, Object value, String reason) {
		return arguments(check, pointer, value, reason);
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void areNamed(String check, String pointer, Object value, String reason) {
		var findings = findingsOf(SampleRequest.in("retail").with(pointer, value));

		var failed = findings.stream().filter(finding -> "FAILED".equals(finding.path("Result").asString())).toList();
		assertThat(failed).as(findings.toString()).anySatisfy(finding -> {
			assertThat(finding.path("Name").asString()).isEqualTo(check);
			assertThat(finding.path("Reason").asString()).contains(reason);
		});
		assertThat(failed).extracting(finding -> finding.path("Pointer").asString())
			.as("one member is to blame")
			.containsOnly(failed.getFirst().path("Pointer").asString());
	}

	static Stream<Arguments> secrets() {
		return Stream.of(arguments(List.of("CONNECTOR_PROFILE", "SOURCE_FIELDS"), PROFILE, "hidden-org"),
				arguments(List.of("SOURCE_FIELDS"), PROFILE, "expired-org"),
				arguments(List.of("SOURCE_FIELDS"), PROPERTIES + "/Salesforce/Object", "Silent"));
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void areNoneWhereNothingIsSeen(List<String> checks, String pointer, String value) {
		var findings = findingsOf(SampleRequest.in("retail").with(pointer, value));

		assertThat(findings).noneMatch(finding -> "FAILED".equals(finding.path("Result").asString()));
		assertThat(findings).filteredOn(finding -> "UNKNOWN".equals(finding.path("Result").asString()))
			.allSatisfy(finding -> assertThat(finding.path("Reason").asString()).isNotBlank())
			.extracting(finding -> finding.path("Name").asString())
			.containsExactlyElementsOf(checks);
	}

	private List<JsonNode> findingsOf(SampleRequest request) {
		var answer = curl.post(request.path() + "?dry-run=true", request.json().getBytes(StandardCharsets.UTF_8),
				"Content-Type", "application/json");

		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
		return answer.body().path("Findings").values().stream().toList();
	}

}
