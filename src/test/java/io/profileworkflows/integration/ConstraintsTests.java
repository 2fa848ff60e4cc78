package io.profileworkflows.integration;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.profileworkflows.integration.Sample.FLOW;
import static io.profileworkflows.integration.Sample.INTEGRATION;
import static io.profileworkflows.integration.Sample.SCHEDULE;
import static io.profileworkflows.integration.Sample.SOURCE;
import static io.profileworkflows.integration.Sample.TRIGGER;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The constraints of AWS's model, each broken at its border.
 */
class ConstraintsTests {

	private static final String FIRST_TASK = FLOW + "/Tasks/1";

	private static final DocumentReader reader = Readers.allowingAllConnectors();

	@ParameterizedTest
	@ValueSource(strings = { "/WorkflowType", "/IntegrationConfig", "/ObjectTypeName", "/RoleArn", INTEGRATION, FLOW,
			FLOW + "/FlowName", FLOW + "/KmsArn", SOURCE, FLOW + "/Tasks", TRIGGER, SOURCE + "/ConnectorType",
			SOURCE + "/SourceConnectorProperties", SOURCE + "/SourceConnectorProperties/Salesforce/Object",
			FIRST_TASK + "/SourceFields", FIRST_TASK + "/TaskType", TRIGGER + "/TriggerType",
			SCHEDULE + "/ScheduleExpression", INTEGRATION + "/Batches/0/StartTime",
			INTEGRATION + "/Batches/1/EndTime" })
	void missesWhatIsRequired(String pointer) {
		assertThat(read(Sample.complete().without(pointer)).violations()).containsExactly(required(pointer));
		assertThat(read(Sample.complete().with(pointer, "null")).violations()).as("null is as good as absent")
			.containsExactly(required(pointer));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/Tags", FLOW + "/Description", FIRST_TASK + "/TaskProperties",
			FIRST_TASK + "/ConnectorOperator", SCHEDULE + "/DataPullMode", SCHEDULE + "/ScheduleStartTime",
			SCHEDULE + "/ScheduleEndTime", SCHEDULE + "/Timezone", SCHEDULE + "/ScheduleOffset",
			SCHEDULE + "/FirstExecutionFrom", INTEGRATION + "/Batches",
			SOURCE + "/SourceConnectorProperties/Salesforce/EnableDynamicFieldUpdate",
			SOURCE + "/SourceConnectorProperties/Salesforce/IncludeDeletedRecords",
			SOURCE + "/IncrementalPullConfig/DatetimeTypeFieldName" })
	void doesNotMissWhatIsOptional(String pointer) {
		// an incremental pull is about the next thing only when it is incremental
		var sample = pointer.endsWith("DataPullMode") ? Sample.complete().without(SOURCE + "/IncrementalPullConfig")
				: Sample.complete();

		assertThat(read(sample.without(pointer)).violations()).isEmpty();
		assertThat(read(sample.with(pointer, "null")).violations()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("texts")
	void refusesTextThatAwsWouldRefuse(String pointer, String text, String message) {
		var checked = read(Sample.complete().withText(pointer, text));

		assertThat(checked.violations()).extracting(Violation::pointer, Violation::message)
			.containsExactly(tuple(pointer, message));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/RoleArn, arn:aws:iam:", FLOW + "/KmsArn, arn:aws:kms:" })
	void areNotSlowerToBreakTheLongerATextIs(String given) {
		var place = given.split(", ");
		var manyParts = place[1] + ":1".repeat(400_000) + ":\n";

		var checked = assertTimeoutPreemptively(Duration.ofSeconds(20),
				() -> read(Sample.complete().withText(place[0], manyParts)));

		assertThat(checked.violations()).extracting(Violation::pointer).containsExactly(place[0]);
	}

	static Stream<Arguments> texts() {
		var objectType = "must be 1 to 255 characters of a-z, A-Z, 0-9, _ and -, beginning with a letter or _";
		var role = "must be the ARN of a role such as arn:aws:iam::123456789012:role/ingest, of at most 512 characters";
		var key = "must be the ARN of a key such as arn:aws:kms:eu-central-1:123456789012:key/..., "
				+ "of 20 to 2048 characters";
		var flow = "must be 2 to 256 characters of a-z, A-Z, 0-9, _ ! @ # . and -, beginning with a letter or digit";
		var description = "must be at most 2048 characters of a-z, A-Z, 0-9, white space and _ ! @ # - . ? and ,";
		var profile = "must be 1 to 256 characters of a-z, A-Z, 0-9 and _ / ! @ # + = . -";
		var object = "must be 1 to 512 characters without white space";
		var line = "must be at most 256 characters on one line";
		var value = "must be 1 to 2048 characters on one line";
		var salesforce = SOURCE + "/SourceConnectorProperties/Salesforce/Object";
		var datetime = SOURCE + "/IncrementalPullConfig/DatetimeTypeFieldName";
		return Stream.of(arguments("/ObjectTypeName", "", objectType),
				arguments("/ObjectTypeName", "1Account", objectType),
				arguments("/ObjectTypeName", "Sales Account", objectType),
				arguments("/ObjectTypeName", letters(256), objectType), arguments("/RoleArn", "not-an-arn", role),
				arguments("/RoleArn", "arn:aws-cn:iam::123456789012:role/x", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:role/" + letters(500), role),
				arguments("/RoleArn", " arn:aws:iam::123456789012:role/x", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:instance-profile/ingest", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:user/ingest", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:policy/ingest", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:root", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:role/", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:role/team/", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:role/a b", role),
				arguments("/RoleArn", "arn:aws:iam::123456789012:role/" + letters(65), role),
				arguments("/RoleArn", "arn:aws:iam:eu-central-1:123456789012:role/ingest", role),
				arguments("/RoleArn", "arn:aws:iam::1234:role/ingest", role),
				arguments("/RoleArn", "arn:aws:sts::123456789012:assumed-role/ingest/me", role),
				arguments(FLOW + "/KmsArn", "arn:aws:kms:eu-central-1:123456789012:0b1c2d3e", key),
				arguments(FLOW + "/KmsArn", "arn:aws:kms:eu-central-1:123456789012:key/", key),
				arguments(FLOW + "/KmsArn", "arn:aws:kms::123456789012:key/0b1c2d3e", key),
				arguments(FLOW + "/KmsArn", "arn:aws:kms:eu-central-1:1234:key/0b1c2d3e", key),
				arguments(FLOW + "/KmsArn", "arn:aws:kms:::1:", key),
				arguments(FLOW + "/KmsArn", "arn:aws:kms::1:key", key),
				arguments(FLOW + "/KmsArn", "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/x", key),
				arguments(FLOW + "/KmsArn", "arn:aws:kms:eu-central-1:123456789012:key/" + letters(2048), key),
				arguments(FLOW + "/FlowName", "x", flow), arguments(FLOW + "/FlowName", "-accounts", flow),
				arguments(FLOW + "/FlowName", "sales accounts", flow),
				arguments(FLOW + "/FlowName", "accounts\n", flow), arguments(FLOW + "/FlowName", letters(257), flow),
				arguments(FLOW + "/Description", "50 %", description),
				arguments(FLOW + "/Description", letters(2049), description),
				arguments(SOURCE + "/ConnectorProfileName", "", profile),
				arguments(SOURCE + "/ConnectorProfileName", "sales org", profile),
				arguments(SOURCE + "/ConnectorProfileName", letters(257), profile), arguments(salesforce, "", object),
				arguments(salesforce, "My Account", object), arguments(salesforce, letters(513), object),
				arguments(datetime, letters(257), line), arguments(datetime, "Last\nModified", line),
				arguments(FIRST_TASK + "/DestinationField", letters(257), line),
				arguments(FIRST_TASK + "/DestinationField", "I\nd", line),
				arguments(FIRST_TASK + "/SourceFields/0", letters(2049), "must be at most 2048 characters on one line"),
				arguments(FIRST_TASK + "/TaskProperties/SOURCE_DATA_TYPE", "", value),
				arguments(FIRST_TASK + "/TaskProperties/SOURCE_DATA_TYPE", letters(2049), value),
				arguments("/Tags/team", letters(257), "must be at most 256 characters"));
	}

	@ParameterizedTest
	@MethodSource("textsAtTheBorder")
	void takesTextThatAwsWouldTake(String pointer, String text) {
		assertThat(read(Sample.complete().withText(pointer, text)).violations()).isEmpty();
	}

	static Stream<Arguments> textsAtTheBorder() {
		return Stream.of(arguments("/ObjectTypeName", "_"), arguments("/ObjectTypeName", letters(255)),
				arguments("/RoleArn", "arn:aws:iam::123456789012:role/a"),
				arguments("/RoleArn", "arn:aws:iam::123456789012:role/service-role/ETL/!~/" + letters(64)),
				arguments("/RoleArn", "arn:aws:iam::123456789012:role/_+=,.@-9"),
				arguments(FLOW + "/KmsArn", "arn:aws:kms:us-gov-west-1:123456789012:alias/aws/profile"),
				arguments(FLOW + "/KmsArn", "arn:aws:kms:x:123456789012:key/mrk-0b1c2d3e4f5061728394a5b6c7d8e9f0"),
				arguments(FLOW + "/FlowName", "0!@#.-_a"), arguments(FLOW + "/FlowName", letters(256)),
				arguments(FLOW + "/Description", ""), arguments(FLOW + "/Description", "Why? \n Yes, #1!"),
				arguments(SOURCE + "/ConnectorProfileName", "a/b!@#+=.-_"),
				arguments(SOURCE + "/IncrementalPullConfig/DatetimeTypeFieldName", letters(256)),
				arguments("/Tags/team", ""), arguments("/Tags/team", "😀".repeat(256)),
				arguments("/Tags/a+,-.~1:;<=_9", "x"),
				arguments(FIRST_TASK + "/TaskProperties/SOURCE_DATA_TYPE", letters(2048)));
	}

	@ParameterizedTest
	@CsvSource({ "/Tags/aws:team", "/Tags/cost center", "/Tags/a@b", "/Tags/Größe" })
	void refusesKeysOfTagsThatAwsWouldRefuse(String pointer) {
		assertThat(read(Sample.complete().withText(pointer, "x")).violations()).containsExactly(new Violation(pointer,
				"must be 1 to 128 characters of a-z, A-Z, 0-9, + , - . / : ; < = and _, and not begin with aws:"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 129 })
	void refusesKeysOfTagsThatAreTooShortOrTooLong(int length) {
		var pointer = "/Tags/" + letters(length);

		assertThat(read(Sample.complete().withText(pointer, "x")).violations()).extracting(Violation::pointer)
			.containsExactly(pointer);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 51 })
	void refusesNoTagsAndTooManyTags(int count) {
		assertThat(read(Sample.complete().with("/Tags", tags(count))).violations())
			.containsExactly(new Violation("/Tags", "must have 1 to 50 entries, or be left out"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 50 })
	void takesUpToFiftyTags(int count) {
		assertThat(read(Sample.complete().with("/Tags", tags(count))).violations()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 36_000, 36_001 })
	void refusesOffsetsOfTenHoursAndMore(long offset) {
		assertThat(read(Sample.complete().with(SCHEDULE + "/ScheduleOffset", Long.toString(offset))).violations())
			.containsExactly(
					new Violation(SCHEDULE + "/ScheduleOffset", "must be 0 to 35999 seconds, less than 10 hours"));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 35_999 })
	void takesOffsetsOfLessThanTenHours(long offset) {
		assertThat(read(Sample.complete().with(SCHEDULE + "/ScheduleOffset", Long.toString(offset))).violations())
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "marketo-scheduled.yaml, Marketo", "servicenow-on-demand.json, ServiceNow",
			"zendesk-on-demand.yaml, Zendesk" })
	void checksTheObjectOfEachConnector(String sample, String member) {
		var pointer = SOURCE + "/SourceConnectorProperties/" + member + "/Object";

		assertThat(read(Sample.of(sample).withText(pointer, "in cidents")).violations())
			.containsExactly(new Violation(pointer, "must be 1 to 512 characters without white space"));
		assertThat(read(Sample.of(sample).without(pointer)).violations()).containsExactly(required(pointer));
	}

	@ParameterizedTest
	@CsvSource({ "BucketName, ab, must be 3 to 63 characters without white space",
			"BucketName, re tail, must be 3 to 63 characters without white space" })
	void checksTheBucket(String member, String text, String message) {
		var pointer = SOURCE + "/SourceConnectorProperties/S3/" + member;

		assertThat(read(Sample.of("s3-scheduled.yaml").withText(pointer, text)).violations())
			.containsExactly(new Violation(pointer, message));
		assertThat(read(Sample.of("s3-scheduled.yaml").without(pointer)).violations())
			.containsExactly(required(pointer));
	}

	@ParameterizedTest
	@CsvSource({ "BucketName, 64", "BucketPrefix, 513" })
	void refusesLongNamesInS3(String member, int length) {
		var pointer = SOURCE + "/SourceConnectorProperties/S3/" + member;

		assertThat(read(Sample.of("s3-scheduled.yaml").withText(pointer, letters(length))).violations())
			.extracting(Violation::pointer)
			.containsExactly(pointer);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a b", "ä", "retail/", "0123456789012345678901234567890123456789012345678901234567890123x" })
	void refusesNamesOfDomainsThatAwsWouldRefuse(String domain) {
		var checked = reader.readRequest(Sample.complete().without("/DomainName").bytes(), DocumentFormat.JSON, domain);

		assertThat(checked.violations())
			.containsExactly(new Violation("/DomainName", "must be 1 to 64 characters of a-z, A-Z, 0-9, _ and -"));
	}

	private Checked<CreateIntegrationWorkflow> read(Sample sample) {
		return reader.readRequest(sample.without("/DomainName").bytes(), DocumentFormat.JSON, "retail");
	}

	private static Violation required(String pointer) {
		return new Violation(pointer, "is required");
	}

	private static String letters(int length) {
		return "x".repeat(length);
	}

	private static String tags(int count) {
		return IntStream.range(0, count).mapToObj("\"tag-%d\": \"\""::formatted).collect(joining(",", "{", "}"));
	}

}
