package io.profileworkflows.preflight;

import java.util.Map;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.RemoteDomain;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.preflight.AwsAnswer.Absent;
import io.profileworkflows.preflight.AwsAnswer.Found;
import io.profileworkflows.preflight.AwsAnswer.Untold;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class InspectorTests {

	private static final String ROLE = "arn:aws:iam::123456789012:role/service-role/ingest";

	private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/one";

	private static final String ANOTHER_KEY = "arn:aws:kms:eu-central-1:123456789012:key/two";

	private static final String ALIAS = "arn:aws:kms:eu-central-1:123456789012:alias/retail";

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final String SOURCE = FLOW + "/SourceFlowConfig/SourceConnectorProperties";

	private static final String DENIED = "This service has no permission";

	private final ScriptedQuestions aws = new ScriptedQuestions(ROLE, KEY);

	private final SampleRequest sample = SampleRequest.unique()
		.role(ROLE)
		.with(FLOW + "/KmsArn", KEY)
		.with(SOURCE, Map.of("S3", Map.of("BucketName", "retail-orders"), "Salesforce", Map.of("Object", "Account")));

	@ParameterizedTest
	@EnumSource
	void passesWhatIsAsItShouldBe(Check check) {
		assertThat(inspect(check).result()).isEqualTo(CheckResult.PASSED);
	}

	@ParameterizedTest
	@EnumSource
	void takesNoAnswerForNeither(Check check) {
		aws.domain = new Untold<>(DENIED);
		aws.objectType = new Untold<>(DENIED);
		aws.integrations = new Untold<>(DENIED);
		aws.role = new Untold<>(DENIED);
		aws.key = new Untold<>(DENIED);
		aws.bucket = new Untold<>(DENIED);
		aws.connection = new Untold<>(DENIED);
		aws.fields = new Untold<>(DENIED);

		assertThat(inspect(check)).isEqualTo(Verdict.unknown(DENIED));
	}

	@Test
	void failsWhatIsNotThere() {
		aws.objectType = new Absent<>();
		aws.role = new Absent<>();
		aws.key = new Absent<>();
		aws.bucket = new Absent<>();

		assertThat(inspect(Check.OBJECT_TYPE)).satisfies(failed("does not exist in this domain"));
		assertThat(inspect(Check.ROLE)).satisfies(failed("does not exist in this account"));
		assertThat(inspect(Check.KMS_KEY)).satisfies(failed("does not exist"));
		assertThat(inspect(Check.S3_BUCKET)).satisfies(failed("does not exist"));
	}

	@Test
	void blamesTheDomainForWhatIsInNoDomain() {
		aws.domain = new Absent<>();
		aws.objectType = new Absent<>();
		aws.integrations = new Absent<>();

		assertThat(inspect(Check.DOMAIN)).satisfies(failed("does not exist"));
		assertThat(inspect(Check.OBJECT_TYPE).result()).isEqualTo(CheckResult.UNKNOWN);
		assertThat(inspect(Check.INTEGRATIONS).result()).isEqualTo(CheckResult.UNKNOWN);
		assertThat(inspect(Check.DOMAIN_KMS_KEY).result()).isEqualTo(CheckResult.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource({ "49, PASSED, has 49 of 50", "50, FAILED, no room", "100, FAILED, no room" })
	void wantsRoomForOneMoreIntegration(int integrations, CheckResult result, String reason) {
		aws.integrations = new Found<>(integrations);

		assertThat(inspect(Check.INTEGRATIONS).result()).isEqualTo(result);
		assertThat(inspect(Check.INTEGRATIONS).reason()).contains(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "arn:aws:iam::123456789012:user/ingest", "arn:aws:iam::123456789012:role/",
			"arn:aws:iam::123456789012:role/a b", "arn:aws:iam::123456789012:root" })
	void failsWhatIsNoRoleWithoutAsking(String arn) {
		assertThat(inspect(Check.ROLE, sample.role(arn))).satisfies(failed("something else than a role"));
		assertThat(aws.asked).isEmpty();
	}

	@Test
	void asksForARoleByItsNameAndKnowsItByItsArn() {
		inspect(Check.ROLE);
		assertThat(aws.asked).containsExactly("ingest");

		assertThat(inspect(Check.ROLE, sample.role("arn:aws:iam::123456789012:role/ingest")))
			.satisfies(failed("another path"));
	}

	@Test
	void doesNotSeeIntoOtherAccounts() {
		var foreign = sample.role("arn:aws:iam::999999999999:role/ingest");

		assertThat(inspect(Check.ROLE, foreign).result()).isEqualTo(CheckResult.UNKNOWN);
		assertThat(aws.asked).isEmpty();
		assertThat(inspect(Check.ROLE, foreign, new Deployment("000000000000", "eu-central-1")).result())
			.as("found to be another one")
			.isEqualTo(CheckResult.UNKNOWN);
	}

	@Test
	void wantsTheRoleToTrustCustomerProfiles() {
		aws.role = new Found<>(new IamRole(ROLE, ScriptedQuestions.TRUST.replace("profile.", "appflow.")));
		assertThat(inspect(Check.ROLE)).satisfies(failed("does not let profile.amazonaws.com assume it"));
	}

	@Test
	void doesNotJudgeATrustPolicyItCannotRead() {
		aws.role = new Found<>(new IamRole(ROLE, "nonsense"));
		assertThat(inspect(Check.ROLE).result()).isEqualTo(CheckResult.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Disabled", "PendingDeletion", "PendingImport", "Unavailable" })
	void failsAKeyThatIsNotEnabled(String state) {
		aws.key = new Found<>(new Key(KEY, state, true));
		assertThat(inspect(Check.KMS_KEY)).satisfies(failed(state));
	}

	@Test
	void failsAKeyThatDoesNotEncryptSymmetrically() {
		aws.key = new Found<>(new Key(KEY, "Enabled", false));
		assertThat(inspect(Check.KMS_KEY)).satisfies(failed("symmetric"));
	}

	@Test
	void failsAKeyOfAnotherRegionWithoutAsking() {
		var elsewhere = sample.with(FLOW + "/KmsArn", KEY.replace("eu-central-1", "us-east-1"));

		assertThat(inspect(Check.KMS_KEY, elsewhere)).satisfies(failed("another Region"));
		assertThat(aws.asked).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none",
			value = { KEY + "," + KEY + ", PASSED", ANOTHER_KEY + "," + KEY + ", FAILED", "none," + KEY + ", UNKNOWN",
					KEY + "," + ALIAS + ", PASSED", ALIAS + "," + KEY + ", PASSED", "one," + KEY + ", PASSED",
					ANOTHER_KEY + "," + ALIAS + ", FAILED" })
	void comparesTheKeyWithThatOfTheDomain(@Nullable String own, String requested, CheckResult result) {
		aws.domain = new Found<>(new RemoteDomain("retail", own));

		assertThat(inspect(Check.DOMAIN_KMS_KEY, sample.with(FLOW + "/KmsArn", requested)).result()).isEqualTo(result);
	}

	@Test
	void doesNotCompareWithAnAliasNobodyResolves() {
		aws.domain = new Found<>(new RemoteDomain("retail", "alias/retail"));
		aws.key = new Untold<>(DENIED);

		assertThat(inspect(Check.DOMAIN_KMS_KEY).result()).isEqualTo(CheckResult.UNKNOWN);
	}

	@Test
	void wantsTheBucketInThisRegion() {
		aws.bucket = new Found<>(new Bucket("us-east-1", DENIED));
		assertThat(inspect(Check.S3_BUCKET)).satisfies(failed("us-east-1"));

		aws.bucket = new Found<>(new Bucket("eu-central-1", DENIED));
		assertThat(inspect(Check.S3_BUCKET)).isEqualTo(Verdict.unknown(DENIED));

		aws.bucket = new Found<>(new Bucket(null, null));
		assertThat(inspect(Check.S3_BUCKET)).isEqualTo(Verdict.passed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "arn:aws:s3:eu-central-1:1:accesspoint/x", "a/../b", "-dash", "ends-", "a?b", "@evil" })
	void asksForNoBucketThatCannotBe(String name) {
		var odd = sample.with(SOURCE, Map.of("S3", Map.of("BucketName", name)));

		assertThat(inspect(Check.S3_BUCKET, odd)).satisfies(failed("no name that S3 allows"));
		assertThat(aws.asked).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void pointsAtTheMemberThatNamesTheSubject(Check check) {
		var finding = Finding.of(check, "subject", Verdict.failed("does not exist"));

		assertThat(sample.has(finding.pointer())).as(finding.pointer()).isTrue();
		assertThat(finding.toViolation().pointer()).isEqualTo(finding.pointer());
		assertThat(finding.toViolation().message()).isEqualTo("does not exist");
		assertThat(finding.isDecisive()).isEqualTo(check != Check.DOMAIN_KMS_KEY);
	}

	private Verdict inspect(Check check) {
		return inspect(check, sample);
	}

	private Verdict inspect(Check check, SampleRequest request) {
		return inspect(check, request, Preflights.HERE);
	}

	private Verdict inspect(Check check, SampleRequest request, Deployment here) {
		var settings = Preflights.settings(OnCreate.OFF, Preflights.LONG);
		try (var looks = new KnownAnswers(aws, settings)) {
			CreateIntegrationWorkflow document = request.request();
			return new Inspector(looks, here, settings).inspect(check, document, Deadline.in(Preflights.LONG));
		}
	}

	private static ThrowingConsumer<Verdict> failed(String reason) {
		return verdict -> {
			assertThat(verdict.result()).isEqualTo(CheckResult.FAILED);
			assertThat(verdict.reason()).contains(reason).doesNotContain(KEY, ROLE, "retail-orders", "123456789012");
		};
	}

}
