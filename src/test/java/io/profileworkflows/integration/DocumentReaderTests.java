package io.profileworkflows.integration;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.profileworkflows.integration.Sample.FLOW;
import static io.profileworkflows.integration.Sample.INTEGRATION;
import static io.profileworkflows.integration.Sample.SCHEDULE;
import static io.profileworkflows.integration.Sample.SOURCE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DocumentReaderTests {

	private static final DocumentReader reader = Readers.byDefault();

	@Test
	void readsAllMembers() {
		var request = read(Sample.complete()).require();

		assertThat(request.domainName()).isEqualTo("retail");
		assertThat(request.tags()).containsOnly(Map.entry("team", "crm"), Map.entry("cost-center", "4711"));
		assertThat(request.flowName()).isEqualTo("retail-salesforce-contacts");
		assertThat(request.connectorType()).isEqualTo(SourceConnectorType.Salesforce);
		assertThat(request.connectorProfileName()).isEqualTo("sales-org");
		assertThat(request.flowDefinition().tasks()).hasSize(12).element(3).satisfies(task -> {
			assertThat(task.taskType()).isEqualTo(TaskType.Mask);
			assertThat(task.connectorOperator())
				.isEqualTo(new ConnectorOperator(null, null, SalesforceConnectorOperator.MASK_LAST_N, null, null));
			assertThat(task.taskProperties()).containsOnly(Map.entry(OperatorPropertiesKey.MASK_VALUE, "*"),
					Map.entry(OperatorPropertiesKey.MASK_LENGTH, "6"));
		});
		assertThat(request.flowDefinition().triggerConfig().schedule())
			.isEqualTo(new ScheduledTriggerProperties("rate(1hours)", DataPullMode.Incremental,
					Instant.ofEpochSecond(1924988400), Instant.parse("2031-12-31T22:00:00Z"), "Europe/Berlin", 600L,
					Instant.ofEpochSecond(1714514400, 250_000_000)));
		assertThat(request.integrationConfig().appflowIntegration().batches()).containsExactly(
				new Batch(Instant.ofEpochSecond(1704063600), Instant.ofEpochSecond(1709247600)),
				new Batch(Instant.ofEpochSecond(1709247600), Instant.ofEpochSecond(1714514400)));
	}

	@Test
	void readsYamlLikeJson() {
		var yaml = reader.readRequest(Sample.complete().yaml(), DocumentFormat.YAML, "retail");

		assertThat(yaml.require()).isEqualTo(read(Sample.complete()).require());
	}

	@Test
	void holdsTheScheduleInTheSpellingOfAppFlow() {
		var request = read(Sample.complete().with(SCHEDULE + "/ScheduleExpression", "\"rate (5 minutes)\"")).require();

		assertThat(request.flowDefinition().triggerConfig().schedule()).isNotNull()
			.extracting(ScheduledTriggerProperties::scheduleExpression)
			.isEqualTo("rate(5minutes)");
	}

	@Test
	void takesTheDomainFromThePath() {
		assertThat(read(Sample.complete().without("/DomainName")).require().domainName()).isEqualTo("retail");
		assertThat(read(Sample.complete().with("/DomainName", "null")).require().domainName()).isEqualTo("retail");
	}

	@Test
	void refusesAnotherDomainThanInThePath() {
		assertThat(read(Sample.complete().with("/DomainName", "\"wholesale\"")).violations())
			.containsExactly(new Violation("/DomainName", "must be the domain in the path, or be left out"));
		assertThat(read(Sample.complete().with("/DomainName", "7")).violations())
			.containsExactly(new Violation("/DomainName", "must be a string"));
	}

	@ParameterizedTest
	@MethodSource("wrongTypes")
	void refusesWrongTypes(String pointer, String json, String message) {
		assertThat(read(Sample.complete().with(pointer, json)).violations())
			.containsExactly(new Violation(pointer, message));
	}

	static Stream<Arguments> wrongTypes() {
		var time = "must be a time: seconds since 1970 as a number, such as 1924988400, "
				+ "or ISO 8601, such as 2031-01-01T00:00:00Z or 2031-01-01";
		var range = "must be a time from 1970 to 9999, in seconds and not milliseconds";
		var dynamic = SOURCE + "/SourceConnectorProperties/Salesforce/EnableDynamicFieldUpdate";
		var start = INTEGRATION + "/Batches/0/StartTime";
		return Stream.of(arguments("/RoleArn", "1", "must be a string"),
				arguments("/RoleArn", "true", "must be a string"), arguments("/RoleArn", "{}", "must be a string"),
				arguments("/RoleArn", "[\"arn\"]", "must be a string"), arguments("/Tags", "[]", "must be an object"),
				arguments("/Tags/team", "7", "must be a string"),
				arguments("/IntegrationConfig", "\"none\"", "must be an object"),
				arguments(FLOW + "/Tasks", "{}", "must be a list"),
				arguments(FLOW + "/Tasks/1", "[]", "must be an object"),
				arguments(FLOW + "/Tasks/1", "null", "must not be null"),
				arguments(FLOW + "/Tasks/1/SourceFields/0", "null", "must not be null"),
				arguments(FLOW + "/Tasks/1/SourceFields/0", "0", "must be a string"),
				arguments(FLOW + "/Tasks/1/TaskProperties/VALUE", "0", "must be a string"),
				arguments(dynamic, "\"true\"", "must be true or false"),
				arguments(dynamic, "1", "must be true or false"),
				arguments(SCHEDULE + "/ScheduleOffset", "\"600\"", "must be a whole number"),
				arguments(SCHEDULE + "/ScheduleOffset", "600.0", "must be a whole number"),
				arguments(SCHEDULE + "/ScheduleOffset", "99999999999999999999",
						"must be a whole number from -9223372036854775808 to 9223372036854775807"),
				arguments(start, "\"20240101\"", time), arguments(start, "\"2024\"", time),
				arguments(start, "\"01/02/2024\"", time), arguments(start, "\"2024-1-2\"", time),
				arguments(start, "\"2024-02-30\"", time), arguments(start, "\"2024-01-01T24:00:00\"", time),
				arguments(start, "\"2024-01-01T00\"", time), arguments(start, "\"2024-01-01T00:00:00+19:00\"", time),
				arguments(start, "\"2024-01-01+01:00\"", time), arguments(start, "\" 2024-01-01\"", time),
				arguments(start, "\"1704063600000\"", range),
				arguments(start, "\"2024-01-01T00:00:00+01:00[Europe/Berlin]\"", time), arguments(start, "{}", time),
				arguments(start, "true", time), arguments(start, "-1", range), arguments(start, "1704063600000", range),
				arguments(start, "253402300800", range), arguments(start, "1e999999", range),
				arguments(start, "\"+10000-01-01T00:00:00Z\"", time),
				arguments(start, "\"1969-12-31T23:59:59Z\"", range),
				arguments(start, "1704063600.0000000001", "must be a time with at most nanoseconds"),
				arguments(start, "1e-999999", "must be a time with at most nanoseconds"),
				arguments(FLOW + "/FlowName", "\"a\\u0000b\"",
						"must be Unicode text without NUL characters and unpaired surrogates"),
				arguments(FLOW + "/Tasks/1/DestinationField", "\"\\ud83d\"",
						"must be Unicode text without NUL characters and unpaired surrogates"));
	}

	@ParameterizedTest
	@CsvSource({ "1704063600, 2023-12-31T23:00:00Z", "1704063600.5, 2023-12-31T23:00:00.5Z",
			"1704063600.123, 2023-12-31T23:00:00.123Z", "1.7040636E9, 2023-12-31T23:00:00Z", "0, 1970-01-01T00:00:00Z",
			"'\"2024-01-01T00:00:00+01:00\"', 2023-12-31T23:00:00Z", "'\"2024-01-01T00:00Z\"', 2024-01-01T00:00:00Z",
			"'\"2024-01-01T00:00:00.001Z\"', 2024-01-01T00:00:00.001Z", "'\"2024-01-01\"', 2024-01-01T00:00:00Z",
			"'\"2024-01-01T12:30:00\"', 2024-01-01T12:30:00Z", "'\"2024-01-01 12:30\"', 2024-01-01T12:30:00Z",
			"'\"2024-01-01 12:30:00 +0100\"', 2024-01-01T11:30:00Z",
			"'\"2024-01-01T12:30:00+0100\"', 2024-01-01T11:30:00Z",
			"'\"2024-01-01T12:30:00-05\"', 2024-01-01T17:30:00Z", "'\"2024-01-01t12:30:00z\"', 2024-01-01T12:30:00Z",
			"'\"1704063600\"', 2023-12-31T23:00:00Z", "'\"1704063600.5\"', 2023-12-31T23:00:00.5Z" })
	void readsTimesExactly(String json, Instant expected) {
		var checked = read(Sample.complete().with(INTEGRATION + "/Batches/0/StartTime", json));

		assertThat(checked.require().integrationConfig().appflowIntegration().batches()).first()
			.extracting(Batch::startTime)
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/RoleARN                                  | is not a known member; did you mean RoleArn?
			/Rolearn                                  | is not a known member; did you mean RoleArn?
			/DomainNames                              | is not a known member; did you mean DomainName?
			/IntegrationConfig/AppFlowIntegration     | is not a known member; did you mean AppflowIntegration?
			/IntegrationConfig/Kinesis                | is not a known member; known are AppflowIntegration
			/IntegrationConfig/Kinesis~1Data~0Streams | is not a known member; known are AppflowIntegration
			""")
	void refusesUnknownMembers(String pointer, String message) {
		assertThat(read(Sample.complete().with(pointer, "{ \"a\": 1 }")).violations())
			.containsExactly(new Violation(pointer, message));
	}

	@Test
	void refusesUnknownKeysOfTasks() {
		assertThat(read(Sample.complete().withText(FLOW + "/Tasks/1/TaskProperties/value", "x")).violations())
			.containsExactly(new Violation(FLOW + "/Tasks/1/TaskProperties/value",
					"must be one of VALUE, VALUES, DATA_TYPE, UPPER_BOUND, LOWER_BOUND, SOURCE_DATA_TYPE, "
							+ "DESTINATION_DATA_TYPE, VALIDATION_ACTION, MASK_VALUE, MASK_LENGTH, TRUNCATE_LENGTH, "
							+ "MATH_OPERATION_FIELDS_ORDER, CONCAT_FORMAT, SUBFIELD_CATEGORY_MAP; did you mean VALUE?"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			salesforce | must be one of Salesforce, Marketo, Zendesk, Servicenow, S3; did you mean Salesforce?
			ServiceNow | must be one of Salesforce, Marketo, Zendesk, Servicenow, S3; did you mean Servicenow?
			SAP        | must be one of Salesforce, Marketo, Zendesk, Servicenow, S3
			''         | must be one of Salesforce, Marketo, Zendesk, Servicenow, S3
			""")
	void refusesUnknownAndWrongCasedConstants(String constant, String message) {
		assertThat(read(Sample.complete().withText(SOURCE + "/ConnectorType", constant)).violations())
			.containsExactly(new Violation(SOURCE + "/ConnectorType", message));
	}

	@Test
	void takesNoConstantByItsNumber() {
		assertThat(read(Sample.complete().with(SOURCE + "/ConnectorType", "0")).violations())
			.extracting(Violation::pointer)
			.containsExactly(SOURCE + "/ConnectorType");
	}

	@Test
	void listsMistakesInTheOrderOfPointersAndElements() {
		var sample = Sample.complete();
		for (int index = 8; index < 12; index++) {
			sample = sample.with(FLOW + "/Tasks/" + index, "7");
		}

		assertThat(read(sample.with("/A", "0")).violations()).extracting(Violation::pointer)
			.containsExactly("/A", FLOW + "/Tasks/8", FLOW + "/Tasks/9", FLOW + "/Tasks/10", FLOW + "/Tasks/11");
	}

	@Test
	void saysNothingMoreAboutWhatItCouldNotRead() {
		var checked = read(
				Sample.complete().with(FLOW + "/SourceFlowConfig/SourceConnectorProperties/Salesforce", "7"));

		assertThat(checked.violations())
			.containsExactly(new Violation(SOURCE + "/SourceConnectorProperties/Salesforce", "must be an object"));
	}

	@Test
	void limitsWhatItReports() {
		var members = IntStream.range(0, 19_000).mapToObj("\"m%d\":0"::formatted).collect(joining(",", "{", "}"));

		var checked = read(members);

		assertThat(checked.violations()).hasSize(1001)
			.last()
			.isEqualTo(new Violation("", "has more than 1000 mistakes, of which these are the first"));
	}

	@ParameterizedTest
	@MethodSource("unreadable")
	void saysWhereJsonCannotBeRead(String json, String pointer, String message) {
		assertThat(read(json).violations()).containsExactly(new Violation(pointer, message));
		assertThat(read(json).warnings()).isEmpty();
	}

	static Stream<Arguments> unreadable() {
		return Stream.of(arguments("", "", "must not be empty"), arguments(" \n ", "", "must not be empty"),
				arguments("[]", "", "must be an object"), arguments("null", "", "must be an object"),
				arguments("\"{}\"", "", "must be an object"),
				arguments("{", "", "ends too early to be valid JSON (line 1, column 2)"),
				arguments("{\"Tags\":{\"a\":", "/Tags/a", "ends too early to be valid JSON (line 1, column 14)"),
				arguments("{\n  \"Tags\": {\n    \"a\": secret\n", "/Tags/a", "is not valid JSON (line 3, column 10)"),
				arguments("{\"a\":1,}", "/a", "is not valid JSON (line 1, column 8)"),
				arguments("{'a':1}", "", "is not valid JSON (line 1, column 2)"),
				arguments("{\"a\":NaN}", "/a", "is not valid JSON (line 1, column 9)"),
				arguments("{\"a\":01}", "/a", "is not valid JSON (line 1, column 7)"),
				arguments("{} // end", "", "is not valid JSON (line 1, column 4)"),
				arguments("{} {}", "", "must end after one document (line 1, column 4)"),
				arguments("{\"a\":[1,{\"b\":1,\"b\":2}]}", "/a/1/b", "must not be there twice (line 1, column 16)"),
				arguments("{\"a\":1,\"\\u0061\":2}", "/a", "must not be there twice (line 1, column 8)"),
				arguments("{\"a\":" + "9".repeat(101) + "}", "/a",
						"must not have names of more than 1024 characters, numbers of more than 100 digits "
								+ "or more than 50 levels (line 1, column 107)"));
	}

	@Test
	void refusesDeepNesting() {
		var deepest = "{\"a\":" + "[".repeat(49) + "]".repeat(49) + "}";
		var tooDeep = "{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}";

		assertThat(read(deepest).violations()).contains(
				new Violation("/a", "is not a known member; known are DomainName, WorkflowType, IntegrationConfig, "
						+ "ObjectTypeName, RoleArn, Tags"));
		assertThat(read(tooDeep).violations()).singleElement()
			.extracting(Violation::message)
			.asString()
			.startsWith("must not be nested deeper than 50 levels (line 1, column ");
		assertThat(read("[".repeat(500_000)).violations()).singleElement()
			.extracting(Violation::message)
			.asString()
			.startsWith("must not be nested deeper than 50 levels");
	}

	@Test
	void readsAsManyFieldsAsAnObjectMayHave() {
		var fields = IntStream.range(0, 1000).mapToObj("\"Field%d\""::formatted).toList();
		var maps = fields.stream().map(field -> """
				{ "TaskType": "Map", "SourceFields": [%s], "DestinationField": %s,
				  "ConnectorOperator": { "Salesforce": "NO_OP" } }""".formatted(field, field)).collect(joining(","));
		var projection = """
				{ "TaskType": "Filter", "SourceFields": %s, "ConnectorOperator": { "Salesforce": "PROJECTION" } }"""
			.formatted(fields);

		var checked = read(Sample.complete().with(FLOW + "/Tasks", "[" + projection + "," + maps + "]"));

		assertThat(checked.require().flowDefinition().tasks()).hasSize(1001);
		assertThat(checked.warnings()).isEmpty();
	}

	@Test
	void refusesMoreValuesThanAnyRequestNeeds() {
		var many = "{\"a\":[" + "0,".repeat(19_997) + "0]}";
		var tooMany = "{\"a\":[" + "0,".repeat(19_998) + "0]}";

		assertThat(read(many).violations()).contains(new Violation("/a", "is not a known member; known are DomainName, "
				+ "WorkflowType, IntegrationConfig, ObjectTypeName, RoleArn, Tags"));
		assertThat(read(tooMany).violations()).containsExactly(
				new Violation("/a/19998", "must not be one of more than 20000 values (line 1, column 40003)"));
	}

	@Test
	void refusesWhatIsNotUtf8() {
		var latin = "{\"Tags\":{\"a\":\"ä\"}}".getBytes(StandardCharsets.ISO_8859_1);

		for (var format : DocumentFormat.values()) {
			assertThat(reader.readRequest(latin, format, "retail").violations())
				.containsExactly(new Violation("", "must be text in UTF-8"));
		}
	}

	@Test
	void toleratesAByteOrderMark() {
		assertThat(read("\uFEFF" + Sample.complete().text()).isValid()).isTrue();
	}

	@Test
	void doesNotReadMoreThanOneMebibyte() {
		var padded = Sample.complete().text();
		padded += " ".repeat((1 << 20) - padded.length());

		assertThat(read(padded).isValid()).isTrue();
		var tooLong = (padded + " ").getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(DocumentTooLarge.class)
			.isThrownBy(() -> reader.readRequest(tooLong, DocumentFormat.JSON, "retail"))
			.withMessage("The document is larger than 1048576 bytes");
	}

	@Test
	void readsNoMoreOfYamlThanAThousandFieldsTake() {
		var padded = new String(Sample.complete().yaml(), StandardCharsets.UTF_8);
		padded += " ".repeat((1 << 18) - padded.length());

		assertThat(readYaml(padded).isValid()).isTrue();
		var tooLong = (padded + " ").getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(DocumentTooLarge.class)
			.isThrownBy(() -> reader.readRequest(tooLong, DocumentFormat.YAML, "retail"))
			.withMessage("The document is larger than 262144 bytes");
	}

	@Test
	void readsLessOfWhatIsNoRequest() {
		var reason = "{\"Reason\":\"%s\"}";

		assertThat(read(reason.formatted("x".repeat(65_523)), Doubtful.class).isValid()).isTrue();
		assertThatExceptionOfType(DocumentTooLarge.class)
			.isThrownBy(() -> read(reason.formatted("x".repeat(65_524)), Doubtful.class))
			.withMessage("The document is larger than 65536 bytes");
	}

	@Test
	void refusesLongerListsThanAnyRequestNeeds() {
		assertThat(read(Sample.complete().with(FLOW + "/Tasks", "[" + "{},".repeat(2_500) + "{}]")).violations())
			.contains(new Violation(FLOW + "/Tasks", "must have at most 2500 elements"));
	}

	/** Wherever the buffer of YAML's parser ends. */
	@Test
	void readsCharactersOfYamlThatTakeTwo() {
		for (int shift = 0; shift < 3; shift++) {
			var emojis = "a".repeat(shift) + "\uD83D\uDE00".repeat(120);
			var request = readYaml(new String(Sample.complete().yaml(), StandardCharsets.UTF_8) + "\n"
					+ "# \uD83D\uDE00".repeat(900) + "\n#" + "x".repeat(shift) + "\uD83D\uDE00".repeat(3_000));

			assertThat(request.isValid()).as("in comments, shifted by %d", shift).isTrue();
			var text = new String(Sample.complete().withText("/Tags/team", emojis).yaml(), StandardCharsets.UTF_8);
			for (int padding = 0; padding < 16; padding++) {
				assertThat(readYaml(" ".repeat(padding).replace(' ', '\n') + text).require().tags())
					.containsEntry("team", emojis);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("unreadableYaml")
	void saysWhereYamlCannotBeRead(String yaml, String pointer, String message) {
		assertThat(readYaml(yaml).violations()).containsExactly(new Violation(pointer, message));
	}

	static Stream<Arguments> unreadableYaml() {
		var lacking = "must be written without anchors, aliases and tags";
		return Stream.of(arguments("", "", "must not be empty"), arguments("# nothing\n", "", "must not be empty"),
				arguments("- a", "", "must be an object"), arguments("just text", "", "must be an object"),
				arguments("a: [", "/a", "is not valid YAML (line 1, column 5)"),
				arguments("a: 1\n\tb: 2", "/a", "is not valid YAML (line 1, column 5)"),
				arguments("a: 1\n---\nb: 2", "", "must end after one document (line 3, column 1)"),
				arguments("Tags:\n  a: x\n  a: y", "/Tags/a", "must not be there twice (line 3, column 3)"),
				arguments("Tags: &t\n  a: x", "/Tags", lacking + " (line 1, column 7)"),
				arguments("Tags: *t", "/Tags", lacking + " (line 1, column 7)"),
				arguments("Tags: !!map {}", "/Tags", lacking + " (line 1, column 7)"),
				arguments("Tags: !java.net.URL [x]", "/Tags", lacking + " (line 1, column 7)"),
				arguments("RoleArn: !!binary eA==", "/RoleArn", lacking + " (line 1, column 10)"),
				arguments("? [a]\n: b", "", "is not valid YAML (line 1, column 4)"));
	}

	@Test
	void doesNotFallForABillionLaughs() {
		var laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
		for (int level = 1; level < 40; level++) {
			laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
		}

		assertThat(readYaml(laughs.toString()).violations()).extracting(Violation::pointer).containsExactly("/a0");
	}

	@Test
	void asksForQuotesWhereYamlReadsSomethingElse() {
		var checked = readYaml("""
				ObjectTypeName: 1984
				RoleArn: true
				WorkflowType: APPFLOW_INTEGRATION
				IntegrationConfig: ~
				Tags: { cost-center: 4711, answer: no, list: [] }
				""");

		assertThat(checked.violations()).containsExactly(new Violation("/IntegrationConfig", "is required"),
				new Violation("/ObjectTypeName", "must be a string: put it in quotes"),
				new Violation("/RoleArn", "must be a string: put it in quotes"),
				new Violation("/Tags/cost-center", "must be a string: put it in quotes"),
				new Violation("/Tags/list", "must be a string"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "~", "null", "Null", "NULL", "# nothing" })
	void takesEachNullOfYamlForAbsent(String nothing) {
		assertThat(readYaml("Note: 😀\nRoleArn: " + nothing + "\n").violations())
			.contains(new Violation("/RoleArn", "is required"));
	}

	@Test
	void takesNothingAtAllForAbsent() {
		assertThat(readYaml("{ Note: , RoleArn: }").violations()).contains(new Violation("/RoleArn", "is required"));
		assertThat(readYaml("RoleArn:").violations()).contains(new Violation("/RoleArn", "is required"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "''", "'~'", "\"null\"", "'Null'", "\"NULL\"", "|-\n    ~" })
	void takesNullInQuotesForText(String text) {
		assertThat(readYaml("Note: 😀\nTags:\n  a: " + text + "\nRoleArn: " + text + "\n").violations())
			.filteredOn(violation -> violation.pointer().equals("/RoleArn"))
			.singleElement()
			.extracting(Violation::message)
			.asString()
			.startsWith("must be the ARN");
	}

	@Test
	void readsTheRecordsOfOthers() {
		var checked = read("""
				{ "Reason": "late", "count": 3, "Many": [[1, 2]], "ByName": { "x/y": { "Amount": 1 } },
				  "ByKind": { "JSON": 5 } }""", Others.class);

		assertThat(checked.require()).isEqualTo(new Others("late", 3, List.of(List.of(1L, 2L)),
				Map.of("x/y", new Other(1L)), Map.of(DocumentFormat.JSON, 5L)));
	}

	@Test
	void checksTheRecordsOfOthers() {
		var checked = read("""
				{ "Count": 3, "Many": [[1, "2"]], "ByName": { "x/y": { "Amount": 11 }, "z": {} },
				  "ByKind": { "json": 5 } }""", Others.class);

		assertThat(checked.violations()).containsExactly(
				new Violation("/ByKind/json", "must be one of JSON, YAML; did you mean JSON?"),
				new Violation("/ByName/x~1y/Amount", "must be at most 10"),
				new Violation("/Count", "is not a known member; did you mean count?"),
				new Violation("/Many/0/1", "must be a whole number"), new Violation("/Reason", "is required"));
	}

	@Test
	void keepsWhatOnlyWarns() {
		assertThat(read("{ \"Reason\": \"because\" }", Doubtful.class)).satisfies(checked -> {
			assertThat(checked.require()).isEqualTo(new Doubtful("because"));
			assertThat(checked.warnings()).containsExactly(new Violation("/Reason", "should be longer"));
		});
	}

	@Test
	void namesTheMembersAtFault() {
		var checked = read(Sample.complete().without("/RoleArn").with("/ObjectTypeName", "\"my secret\""));

		assertThatExceptionOfType(InvalidDocument.class).isThrownBy(checked::require)
			.withMessage("/ObjectTypeName must be 1 to 255 characters of a-z, A-Z, 0-9, _ and -, beginning with a "
					+ "letter or _; /RoleArn is required")
			.satisfies(invalid -> assertThat(invalid.violations()).isEqualTo(checked.violations()));
		assertThatExceptionOfType(InvalidDocument.class).isThrownBy(read("[]")::require)
			.withMessage("The document must be an object");
	}

	@Test
	void namesTheFirstOfManyMembersAtFault() {
		var many = IntStream.range(0, 25).mapToObj(number -> new Violation("/m" + number, "is wrong")).toList();

		assertThat(new InvalidDocument(many)).hasMessageStartingWith("/m0 is wrong; /m1 is wrong")
			.hasMessageEndingWith("/m9 is wrong; and 15 more");
	}

	@Test
	void hasEitherAValueOrViolations() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Checked<>(null, List.of(), List.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Checked<>("", List.of(new Violation("", "")), List.of()));
	}

	private static Checked<CreateIntegrationWorkflow> read(Sample sample) {
		return reader.readRequest(sample.bytes(), DocumentFormat.JSON, "retail");
	}

	private static Checked<CreateIntegrationWorkflow> read(String json) {
		return reader.readRequest(json.getBytes(StandardCharsets.UTF_8), DocumentFormat.JSON, "retail");
	}

	private static Checked<CreateIntegrationWorkflow> readYaml(String yaml) {
		return reader.readRequest(yaml.getBytes(StandardCharsets.UTF_8), DocumentFormat.YAML, "retail");
	}

	private static <T extends Record> Checked<T> read(String json, Class<T> type) {
		return reader.read(json.getBytes(StandardCharsets.UTF_8), DocumentFormat.JSON, type);
	}

	private record Others(@Required String reason, @JsonProperty("count") Integer count, List<List<Long>> many,
			Map<String, @Valid Other> byName, Map<DocumentFormat, Long> byKind) {

	}

	private record Other(@Max(value = 10, message = "must be at most 10") Long amount) {

	}

	private record Doubtful(@Size(min = 10, message = "should be longer", payload = Warning.class) String reason) {

	}

}
