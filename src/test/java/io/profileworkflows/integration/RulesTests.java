package io.profileworkflows.integration;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.schedule.Schedule;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.profileworkflows.integration.Sample.FLOW;
import static io.profileworkflows.integration.Sample.INTEGRATION;
import static io.profileworkflows.integration.Sample.SCHEDULE;
import static io.profileworkflows.integration.Sample.SOURCE;
import static io.profileworkflows.integration.Sample.TRIGGER;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The rules across members, each broken alone.
 */
class RulesTests {

	private static final DocumentReader reader = Readers.allowingAllConnectors();

	private static final String PROPERTIES = SOURCE + "/SourceConnectorProperties";

	private static final String TASKS = FLOW + "/Tasks";

	private static final String NOW = Long.toString(Readers.NOW.getEpochSecond());

	@ParameterizedTest
	@ValueSource(strings = { "salesforce-complete.json", "salesforce-scheduled.json", "servicenow-on-demand.json",
			"marketo-scheduled.yaml", "zendesk-on-demand.yaml", "s3-scheduled.yaml" })
	void takesARequestForEachConnector(String sample) {
		assertThat(read(Sample.of(sample)).violations()).isEmpty();
	}

	@Test
	void hasNothingToSayAboutACompleteRequest() {
		assertThat(read(Sample.complete()).warnings()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void refuses(UnaryOperator<Sample> change, String pointer, String message) {
		assertThat(read(change.apply(Sample.complete())).violations()).containsExactly(new Violation(pointer, message));
	}

	static Stream<Arguments> refusals() {
		return Stream.of(
				refusal("no properties of the source", it -> it.with(PROPERTIES, "{}"), PROPERTIES + "/Salesforce",
						"is required when ConnectorType is Salesforce"),
				refusal("properties of two sources", it -> it.with(PROPERTIES + "/Marketo/Object", "\"leads\""),
						PROPERTIES + "/Marketo",
						"must be absent when ConnectorType is Salesforce, which takes Salesforce"),
				refusal("properties of another source",
						it -> it.with(PROPERTIES, "{ \"ServiceNow\": { \"Object\": \"incident\" } }"),
						PROPERTIES + "/ServiceNow",
						"must be absent when ConnectorType is Salesforce, which takes Salesforce"),
				refusal("no connector profile", it -> it.without(SOURCE + "/ConnectorProfileName"),
						SOURCE + "/ConnectorProfileName", "is required when ConnectorType is Salesforce"),
				refusal("an empty operator", it -> it.with(TASKS + "/1/ConnectorOperator", "{}"),
						TASKS + "/1/ConnectorOperator/Salesforce", "is required when ConnectorType is Salesforce"),
				refusal("two operators", it -> it.with(TASKS + "/1/ConnectorOperator/Zendesk", "\"NO_OP\""),
						TASKS + "/1/ConnectorOperator/Zendesk",
						"must be absent when ConnectorType is Salesforce, which takes Salesforce"),
				refusal("an operator of another connector",
						it -> it.with(TASKS + "/1/ConnectorOperator", "{ \"S3\": \"NO_OP\" }"),
						TASKS + "/1/ConnectorOperator/S3",
						"must be absent when ConnectorType is Salesforce, which takes Salesforce"),
				refusal("no tasks", it -> it.with(TASKS, "[]"), TASKS, "must have at least one task"),
				refusal("no destination of a Map", it -> it.without(TASKS + "/1/DestinationField"),
						TASKS + "/1/DestinationField", "is required when TaskType is Map"),
				refusal("an empty destination", it -> it.with(TASKS + "/1/DestinationField", "\"\""),
						TASKS + "/1/DestinationField", "is required when TaskType is Map"),
				refusal("no destination of a Merge", it -> it.without(TASKS + "/4/DestinationField"),
						TASKS + "/4/DestinationField", "is required when TaskType is Merge"),
				refusal("no destination of an Arithmetic", it -> it.without(TASKS + "/5/DestinationField"),
						TASKS + "/5/DestinationField", "is required when TaskType is Arithmetic"),
				refusal("no format of a Merge", it -> it.without(TASKS + "/4/TaskProperties"),
						TASKS + "/4/TaskProperties/CONCAT_FORMAT", "is required when TaskType is Merge"),
				refusal("no order of an Arithmetic", it -> it.with(TASKS + "/5/TaskProperties", "{}"),
						TASKS + "/5/TaskProperties/MATH_OPERATION_FIELDS_ORDER",
						"is required when TaskType is Arithmetic"),
				refusal("no action of a Validate", it -> it.without(TASKS + "/6/TaskProperties/VALIDATION_ACTION"),
						TASKS + "/6/TaskProperties/VALIDATION_ACTION", "is required when TaskType is Validate"),
				refusal("nothing to compare with", it -> it.without(TASKS + "/7/TaskProperties/VALUE"),
						TASKS + "/7/TaskProperties/VALUE", "is required by the operator, or VALUES"),
				refusal("no type to compare as", it -> it.without(TASKS + "/7/TaskProperties/DATA_TYPE"),
						TASKS + "/7/TaskProperties/DATA_TYPE", "is required by the operator"),
				refusal("a Filter that masks", it -> it.with(TASKS + "/7/ConnectorOperator/Salesforce", "\"MASK_ALL\""),
						TASKS + "/7/ConnectorOperator/Salesforce", "must be an operator for tasks of type Filter"),
				refusal("a Validate that adds",
						it -> it.with(TASKS + "/6/ConnectorOperator/Salesforce", "\"ADDITION\""),
						TASKS + "/6/ConnectorOperator/Salesforce", "must be an operator for tasks of type Validate"),
				refusal("a Map that validates",
						it -> it.with(TASKS + "/1/ConnectorOperator/Salesforce", "\"VALIDATE_NUMERIC\""),
						TASKS + "/1/ConnectorOperator/Salesforce", "must be an operator for tasks of type Map"),
				refusal("a Filter without an operator",
						it -> it.with(TASKS + "/7", "{ \"TaskType\": \"Filter\", \"SourceFields\": [\"Id\"] }"),
						TASKS + "/7/ConnectorOperator", "is required when TaskType is Filter"),
				refusal("a Filter that does nothing",
						it -> it.with(TASKS + "/7/ConnectorOperator/Salesforce", "\"NO_OP\""),
						TASKS + "/7/ConnectorOperator/Salesforce",
						"must be an operator that filters, such as PROJECTION, when TaskType is Filter"),
				refusal("no projection", it -> it.with(TASKS, "[" + it.document().at(TASKS + "/1") + "]"), TASKS,
						"must have a Filter task with PROJECTION that lists the source fields "
								+ "when ConnectorType is Salesforce"),
				refusal("two projections", it -> it.with(TASKS + "/12", it.document().at(TASKS + "/0").toString()),
						TASKS + "/12/ConnectorOperator", "must be the only PROJECTION"),
				refusal("nothing that is brought over",
						it -> it.with(TASKS, "[" + it.document().at(TASKS + "/0") + "]"), TASKS,
						"must have a Map task for each field that is to be brought over"),
				refusal("a time that is finer than a millisecond",
						it -> it.with(INTEGRATION + "/Batches/0/StartTime", "1704063600.0001"),
						INTEGRATION + "/Batches/0/StartTime", "must be a time with at most milliseconds"),
				refusal("a start that is finer than a millisecond",
						it -> it.withText(SCHEDULE + "/ScheduleStartTime", "2031-01-01T00:00:00.0001Z"),
						SCHEDULE + "/ScheduleStartTime", "must be a time with at most milliseconds"),
				refusal("fields that cron does not have",
						it -> it.withText(SCHEDULE + "/ScheduleExpression", "cron(0 6 ? * -1 *)"),
						SCHEDULE + "/ScheduleExpression",
						"must have in field 5, the day of the week, numbers from 1 (Sunday) to 7 "
								+ "or names from SUN to SAT with , - * ? L and #"),
				refusal("a length that is no number", it -> it.with(TASKS + "/3/TaskProperties/MASK_LENGTH", "\"six\""),
						TASKS + "/3/TaskProperties/MASK_LENGTH", "must be a positive whole number"),
				refusal("a length of nothing", it -> it.with(TASKS + "/2/TaskProperties/TRUNCATE_LENGTH", "\"0\""),
						TASKS + "/2/TaskProperties/TRUNCATE_LENGTH", "must be a positive whole number"),
				refusal("a mask of two characters", it -> it.with(TASKS + "/3/TaskProperties/MASK_VALUE", "\"**\""),
						TASKS + "/3/TaskProperties/MASK_VALUE", "must be a single character"),
				refusal("no schedule", it -> unscheduled(it).with(TRIGGER + "/TriggerType", "\"Scheduled\""), SCHEDULE,
						"is required when TriggerType is Scheduled"),
				refusal("an empty trigger",
						it -> unscheduled(it).with(TRIGGER + "/TriggerType", "\"Scheduled\"")
							.with(TRIGGER + "/TriggerProperties", "{}"),
						SCHEDULE, "is required when TriggerType is Scheduled"),
				refusal("a schedule on demand",
						it -> it.with(TRIGGER + "/TriggerType", "\"OnDemand\"")
							.without(SOURCE + "/IncrementalPullConfig")
							.without(SCHEDULE + "/DataPullMode"),
						SCHEDULE, "must be absent unless TriggerType is Scheduled"),
				refusal("a time field of a complete pull", it -> it.with(SCHEDULE + "/DataPullMode", "\"Complete\""),
						SOURCE + "/IncrementalPullConfig",
						"must be absent unless TriggerType is Scheduled and DataPullMode is Incremental"),
				refusal("a time field without a schedule",
						it -> unscheduled(it).with(SOURCE + "/IncrementalPullConfig", "{}"),
						SOURCE + "/IncrementalPullConfig",
						"must be absent unless TriggerType is Scheduled and DataPullMode is Incremental"),
				refusal("an expression that is none", it -> it.with(SCHEDULE + "/ScheduleExpression", "\"hourly\""),
						SCHEDULE + "/ScheduleExpression", Schedule.EXPECTED),
				refusal("an end before the start", it -> it.with(SCHEDULE + "/ScheduleEndTime", "1924988400"),
						SCHEDULE + "/ScheduleEndTime", "must be later than ScheduleStartTime"),
				refusal("an end that has passed",
						it -> it.with(SCHEDULE + "/ScheduleEndTime", NOW).without(SCHEDULE + "/ScheduleStartTime"),
						SCHEDULE + "/ScheduleEndTime", "must be in the future"),
				refusal("records from after the start", it -> it.with(SCHEDULE + "/ScheduleStartTime", "1714514400.25"),
						SCHEDULE + "/FirstExecutionFrom", "must be earlier than ScheduleStartTime"),
				refusal("records from the future", it -> it.with(SCHEDULE + "/FirstExecutionFrom", NOW + ".1"),
						SCHEDULE + "/FirstExecutionFrom", "must not be in the future"),
				refusal("an offset for a time zone", it -> it.with(SCHEDULE + "/Timezone", "\"+01:00\""),
						SCHEDULE + "/Timezone", "must be an IANA time zone such as Europe/Berlin"),
				refusal("a wrong-cased time zone", it -> it.with(SCHEDULE + "/Timezone", "\"europe/berlin\""),
						SCHEDULE + "/Timezone", "must be an IANA time zone such as Europe/Berlin"),
				refusal("a batch of no time", it -> it.with(INTEGRATION + "/Batches/1/EndTime", "1709247600"),
						INTEGRATION + "/Batches/1/EndTime", "must be later than StartTime"));
	}

	@ParameterizedTest
	@MethodSource("warnings")
	void warns(UnaryOperator<Sample> change, String pointer, String message) {
		var checked = read(change.apply(Sample.complete()));

		assertThat(checked.violations()).isEmpty();
		assertThat(checked.warnings()).containsExactly(new Violation(pointer, message));
	}

	static Stream<Arguments> warnings() {
		return Stream.of(
				warning("a projected field that is not mapped", it -> it.with(TASKS + "/0/SourceFields/7", "\"Fax\""),
						TASKS + "/0/SourceFields/7", "is projected, but no Map task brings it to a destination"),
				warning("a mapped field that is not projected", it -> it.with(TASKS + "/4/SourceFields/2", "\"Zip\""),
						TASKS + "/4/SourceFields/2", "is not among the fields of the PROJECTION"),
				warning("no lower bound",
						it -> it.with(TASKS + "/7/ConnectorOperator/Salesforce", "\"BETWEEN\"")
							.with(TASKS + "/7/TaskProperties", "{ \"UPPER_BOUND\": \"9\", \"DATA_TYPE\": \"int\" }"),
						TASKS + "/7/TaskProperties/LOWER_BOUND", "should be there for BETWEEN"),
				warning("no upper bound",
						it -> it.with(TASKS + "/7/ConnectorOperator/Salesforce", "\"BETWEEN\"")
							.with(TASKS + "/7/TaskProperties", "{ \"LOWER_BOUND\": \"9\", \"DATA_TYPE\": \"int\" }"),
						TASKS + "/7/TaskProperties/UPPER_BOUND", "should be there for BETWEEN"),
				warning("no length of a mask", it -> it.without(TASKS + "/3/TaskProperties/MASK_LENGTH"),
						TASKS + "/3/TaskProperties/MASK_LENGTH", "should be there for MASK_LAST_N"),
				warning("no length of a Truncate", it -> it.without(TASKS + "/2/TaskProperties"),
						TASKS + "/2/TaskProperties/TRUNCATE_LENGTH", "should be there when TaskType is Truncate"),
				warning("a Mask that does nothing",
						it -> it.with(TASKS + "/3/ConnectorOperator/Salesforce", "\"NO_OP\""),
						TASKS + "/3/ConnectorOperator/Salesforce",
						"does nothing, so this task has no effect, and AppFlow may refuse it"),
				warning("a Validate that does nothing",
						it -> it.with(TASKS + "/6/ConnectorOperator/Salesforce", "\"NO_OP\""),
						TASKS + "/6/ConnectorOperator/Salesforce",
						"does nothing, so this task has no effect, and AppFlow may refuse it"),
				warning("an Arithmetic without an operator", it -> it.without(TASKS + "/5/ConnectorOperator"),
						TASKS + "/5/ConnectorOperator",
						"is absent, so this task has no effect, and AppFlow may refuse it"),
				warning("a Map that masks", it -> it.with(TASKS + "/1/ConnectorOperator/Salesforce", "\"MASK_ALL\""),
						TASKS + "/1/ConnectorOperator/Salesforce", "is an operator for tasks of type Mask"),
				warning("an incremental pull that does not say of what",
						it -> it.without(SOURCE + "/IncrementalPullConfig"),
						SOURCE + "/IncrementalPullConfig/DatetimeTypeFieldName",
						"should name the field that tells what is new"),
				warning("a start that is near",
						it -> it.with(SCHEDULE + "/ScheduleStartTime",
								Long.toString(Readers.NOW.getEpochSecond() + 299)),
						SCHEDULE + "/ScheduleStartTime", "should be at least 5 minutes from now"),
				warning("an incremental pull that does not say since when",
						it -> it.without(SCHEDULE + "/FirstExecutionFrom"), SCHEDULE + "/FirstExecutionFrom",
						"is absent, so the first run fetches only the last 30 days"),
				warning("an offset of a complete pull",
						it -> it.with(SCHEDULE + "/DataPullMode", "\"Complete\"")
							.without(SOURCE + "/IncrementalPullConfig"),
						SCHEDULE + "/ScheduleOffset", "has an effect only when DataPullMode is Incremental"),
				warning("a schedule that calls the source often",
						it -> it.with(SCHEDULE + "/ScheduleExpression", "\"rate(5minutes)\""),
						SCHEDULE + "/ScheduleExpression",
						"makes up to 288 runs a day, and each makes a call of the source for each page of records: "
								+ "at least 288 calls a day against its limits"),
				warning("a time zone beside cron",
						it -> it.with(SCHEDULE + "/ScheduleExpression", "\"cron(0 6 * * ? *)\""),
						SCHEDULE + "/Timezone", "is only a label and does not shift the times of the schedule"),
				warning("batches out of order",
						it -> it.with(INTEGRATION + "/Batches",
								"[" + batch(1709247600, 1714514400) + "," + batch(1704063600, 1709247600) + "]"),
						INTEGRATION + "/Batches/1/StartTime",
						"is before that of the batch before; batches should be in order"),
				warning("batches that overlap", it -> it.with(INTEGRATION + "/Batches/1/StartTime", "1709247599"),
						INTEGRATION + "/Batches/1/StartTime",
						"is before the EndTime of the batch before; batches should not overlap"),
				warning("batches with a gap", it -> it.with(INTEGRATION + "/Batches/1/StartTime", "1709247601"),
						INTEGRATION + "/Batches/1/StartTime",
						"is after the EndTime of the batch before; what lies between is not fetched"),
				warning("a batch that is long", it -> it.with(INTEGRATION + "/Batches/0/StartTime",
						"1703800000"), INTEGRATION
								+ "/Batches/0/EndTime",
						"should be at most two months after StartTime"),
				warning("a batch that ends in the future",
						it -> it
							.with(INTEGRATION + "/Batches",
									"[" + batch(Readers.NOW.getEpochSecond() - 1, Readers.NOW.getEpochSecond() + 1)
											+ "]")
							.without(SCHEDULE + "/FirstExecutionFrom")
							.with(SCHEDULE + "/DataPullMode", "\"Complete\"")
							.without(SCHEDULE + "/ScheduleOffset")
							.without(SOURCE + "/IncrementalPullConfig"),
						INTEGRATION + "/Batches/0/EndTime", "should not be in the future"),
				warning("many batches",
						it -> it.with(INTEGRATION + "/Batches",
								IntStream.range(0, 101)
									.mapToObj(index -> batch(1_600_000_000 + index, 1_600_000_001 + index))
									.collect(joining(",", "[", "]"))),
						INTEGRATION + "/Batches",
						"are more than 100; each becomes a flow, of which an account has 1000"),
				warning("batches on demand", RulesTests::unscheduled, INTEGRATION + "/Batches",
						"are meant for TriggerType Scheduled"),
				warning("records that are fetched twice", it -> it.with(SCHEDULE + "/FirstExecutionFrom", "1714514399"),
						SCHEDULE + "/FirstExecutionFrom",
						"is before the end of Batches, so records between are fetched twice"),
				warning("a key of another account",
						it -> it.with(FLOW + "/KmsArn",
								"\"arn:aws:kms:eu-central-1:999999999999:key/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0\""),
						FLOW + "/KmsArn", "is of another account than RoleArn"),
				warning("a tag that is reserved", it -> it.with("/Tags/awsOwningService", "\"mine\""),
						"/Tags/awsOwningService", "is reserved: policies of Customer Profiles' own role rely on it"));
	}

	@ParameterizedTest
	@CsvSource({ "ServiceNow, servicenow-on-demand.json", "Marketo, marketo-scheduled.yaml",
			"Zendesk, zendesk-on-demand.yaml", "S3, s3-scheduled.yaml" })
	void knowsTheVocabularyOfEachConnector(String member, String name) {
		var sample = Sample.of(name);
		var other = sample.with(PROPERTIES, "{ \"Salesforce\": { \"Object\": \"Account\" } }")
			.with(TASKS + "/0/ConnectorOperator", "{ \"Salesforce\": \"PROJECTION\" }");

		assertThat(read(other).violations()).extracting(Violation::pointer)
			.containsExactly(PROPERTIES + "/Salesforce", TASKS + "/0/ConnectorOperator/Salesforce");
		assertThat(read(other).violations()).extracting(Violation::message)
			.allMatch(message -> message.endsWith("which takes " + member));
	}

	@ParameterizedTest
	@CsvSource({ "servicenow-on-demand.json", "marketo-scheduled.yaml", "zendesk-on-demand.yaml", "s3-scheduled.yaml" })
	void takesEventsFromSalesforceOnly(String name) {
		var event = Sample.of(name)
			.with(TRIGGER + "/TriggerType", "\"Event\"")
			.with(TRIGGER + "/TriggerProperties", "null");

		assertThat(read(event).violations()).singleElement().satisfies(violation -> {
			assertThat(violation.pointer()).isEqualTo(TRIGGER + "/TriggerType");
			assertThat(violation.message()).startsWith("must be Scheduled or OnDemand when ConnectorType is ");
		});
	}

	@Test
	void takesEventsFromSalesforce() {
		assertThat(read(unscheduled(Sample.complete()).with(TRIGGER + "/TriggerType", "\"Event\"")).violations())
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "marketo-scheduled.yaml, rate(59minutes), 60", "s3-scheduled.yaml, rate(14minutes), 15" })
	void refusesToRunMoreOftenThanTheSourceAllows(String name, String expression, int minutes) {
		assertThat(read(Sample.of(name).withText(SCHEDULE + "/ScheduleExpression", expression)).violations())
			.singleElement()
			.satisfies(violation -> {
				assertThat(violation.pointer()).isEqualTo(SCHEDULE + "/ScheduleExpression");
				assertThat(violation.message()).startsWith("must leave at least " + minutes + " minutes");
			});
	}

	@ParameterizedTest
	@CsvSource({ "marketo-scheduled.yaml, rate(60minutes)", "marketo-scheduled.yaml, rate(1hours)",
			"s3-scheduled.yaml, rate(15minutes)", "salesforce-complete.json, rate(1minutes)" })
	void runsAsOftenAsTheSourceAllows(String name, String expression) {
		assertThat(read(Sample.of(name).withText(SCHEDULE + "/ScheduleExpression", expression)).violations()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = SourceConnectorType.class, names = { "S3", "Zendesk" })
	void refusesConnectorsThatAreNotAllowedHere(SourceConnectorType type) {
		var sample = Sample.of((type == SourceConnectorType.S3) ? "s3-scheduled.yaml" : "zendesk-on-demand.yaml");

		var checked = Readers.byDefault().readRequest(sample.bytes(), DocumentFormat.JSON, "retail");

		assertThat(checked.violations()).containsExactly(new Violation(SOURCE + "/ConnectorType",
				"must be one of Salesforce, Servicenow, Marketo: no other connector is allowed here"));
	}

	@Test
	void requiresTheTimeFieldWherePolicySaysSo() {
		var sample = Sample.complete().without(SOURCE + "/IncrementalPullConfig");

		var checked = Readers.requiringTimestampFieldFor(SourceConnectorType.Salesforce)
			.readRequest(sample.bytes(), DocumentFormat.JSON, "retail");

		assertThat(checked.violations())
			.containsExactly(new Violation(SOURCE + "/IncrementalPullConfig/DatetimeTypeFieldName",
					"is required here for incremental pulls from Salesforce"));
		assertThat(checked.warnings()).as("not said twice").isEmpty();
	}

	@Test
	void warnsOfArnsOfElsewhere() {
		var elsewhere = Readers.at(new Deployment("111111111111", "us-east-1"));

		assertThat(elsewhere.readRequest(Sample.complete().bytes(), DocumentFormat.JSON, "retail").warnings())
			.containsExactly(new Violation(FLOW + "/KmsArn", "is of another Region than this deployment serves"),
					new Violation(FLOW + "/KmsArn", "is of another account than this deployment serves"),
					new Violation("/RoleArn", "is of another account than this deployment serves"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "123456789012", "000000000000" })
	void doesNotWarnOfArnsOfHere(String account) {
		var here = Readers.at(new Deployment(account, "eu-central-1"));

		assertThat(here.readRequest(Sample.complete().bytes(), DocumentFormat.JSON, "retail").warnings()).isEmpty();
	}

	@Test
	void warnsOfReferenceFieldsOfServiceNow() {
		var sample = Sample.of("servicenow-on-demand.json").with(TASKS + "/5", """
				{ "TaskType": "Mask", "SourceFields": ["caller_id"],
				  "ConnectorOperator": { "ServiceNow": "MASK_ALL" } }""");

		assertThat(read(sample).warnings())
			.containsExactly(new Violation(TASKS + "/5/TaskType", "yields nothing for reference fields of ServiceNow"));
	}

	@Test
	void takesValuesForAComparison() {
		var sample = Sample.complete()
			.with(TASKS + "/7/TaskProperties", "{ \"VALUES\": \"1,2\", \"DATA_TYPE\": \"int\" }");

		assertThat(read(sample).violations()).isEmpty();
	}

	@Test
	void reportsRulesOfAllKindsAtOnce() {
		var sample = Sample.complete()
			.with("/RoleArn", "42")
			.with("/Note", "\"\"")
			.without(FLOW + "/KmsArn")
			.with(SOURCE + "/ConnectorType", "\"salesforce\"")
			.with(TASKS + "/3/TaskProperties/MASK_VALUE", "\"**\"")
			.with(TASKS + "/12", "{}")
			.with(SCHEDULE + "/ScheduleOffset", "36000")
			.with(INTEGRATION + "/Batches/1/EndTime", "1709247600");

		assertThat(read(sample).violations()).extracting(Violation::pointer)
			.containsExactlyElementsOf(List.of(INTEGRATION + "/Batches/1/EndTime", FLOW + "/KmsArn",
					SOURCE + "/ConnectorType", TASKS + "/3/TaskProperties/MASK_VALUE", TASKS + "/12/SourceFields",
					TASKS + "/12/TaskType", SCHEDULE + "/ScheduleOffset", "/Note", "/RoleArn"));
	}

	private static Sample unscheduled(Sample sample) {
		return sample.with(TRIGGER + "/TriggerType", "\"OnDemand\"")
			.without(TRIGGER + "/TriggerProperties")
			.without(SOURCE + "/IncrementalPullConfig");
	}

	private static String batch(long start, long end) {
		return "{ \"StartTime\": %d, \"EndTime\": %d }".formatted(start, end);
	}

	private static Checked<CreateIntegrationWorkflow> read(Sample sample) {
		var domain = sample.document().path("DomainName").asString("retail");
		return reader.readRequest(sample.bytes(), DocumentFormat.JSON, domain);
	}

	private static Arguments refusal(String name, UnaryOperator<Sample> change, String pointer, String message) {
		return arguments(Named.of(name, change), pointer, message);
	}

	private static Arguments warning(String name, UnaryOperator<Sample> change, String pointer, String message) {
		return arguments(Named.of(name, change), pointer, message);
	}

}
