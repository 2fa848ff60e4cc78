package io.profileworkflows.preflight;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.ProfileResources;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class PreflightTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private final SampleRequest sample = SampleRequest.unique();

	private final SampleRequest fromS3 = sample.with(FLOW + "/SourceFlowConfig/SourceConnectorProperties",
			Map.of("S3", Map.of("BucketName", "retail-orders"), "Salesforce", Map.of("Object", "Account")));

	@Autowired
	Preflight usual;

	@Autowired
	ProfileResources domains;

	private Preflight preflight;

	@BeforeEach
	void begin() {
		preflight = Preflights.idle(domains);
	}

	@AfterEach
	void mend() {
		SimulatedAws.simulator().faults().clear();
	}

	@Test
	void passesARequestOfWhichAllIsThere() {
		assertThat(preflight.look(fromS3.request())).allSatisfy(finding -> {
			assertThat(finding.result()).as(finding.toString()).isEqualTo(CheckResult.PASSED);
			assertThat(finding.subject()).isNotBlank();
		}).extracting(Finding::check).containsExactly(Check.values());
	}

	@Test
	void checksNoBucketWhereNoneIsNamed() {
		assertThat(preflight.look(sample.request())).extracting(Finding::check)
			.containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Check.S3_BUCKET)));
	}

	@Test
	void asksAwsOnceForManyRequests() {
		preflight.look(fromS3.request());
		preflight.look(fromS3.flowName("another-flow").request());

		var calls = SimulatedAws.simulator().calls().matching(call -> sample.domainName().equals(call.domainName()));
		assertThat(calls).extracting(call -> call.operation().wireName())
			.containsExactlyInAnyOrder("GetDomain", "GetProfileObjectType", "ListIntegrations");
	}

	@Test
	void endsAllChecksTogetherWithinOneTimeLimit() {
		var limit = Duration.ofMillis(500);
		SimulatedAws.simulator().faults().chanceForAny(Fault.delayBefore(Duration.ofSeconds(3)), 1);
		try (var aws = new AwsStub().stall(); var clients = Preflights.clients(aws.endpoint(), limit)) {
			var stalled = Preflights.of(domains, clients, Preflights.settings(OnCreate.REFUSE, limit));
			var deadline = Deadline.in(limit.multipliedBy(3));

			assertThat(stalled.look(fromS3.request())).hasSize(Check.values().length)
				.allSatisfy(finding -> assertThat(finding.result()).isEqualTo(CheckResult.UNKNOWN))
				.allSatisfy(finding -> assertThat(finding.reason()).isNotBlank());
			assertThat(deadline.hasPassed()).as("one after the other they would take far longer").isFalse();
			assertThat(stalled.admit(fromS3.request())).as("what is unknown stops nothing").isEmpty();
		}
	}

	@Test
	void asksNothingForChecksThatAreSwitchedOff() {
		try (var aws = new AwsStub(); var clients = Preflights.clients(aws.endpoint(), Preflights.LONG)) {
			var frugal = Preflights.of(domains, clients,
					Preflights.settings(OnCreate.OFF, Set.of(Check.DOMAIN), Preflights.LONG));

			var findings = frugal.look(fromS3.request());

			assertThat(findings).filteredOn(finding -> finding.check() == Check.DOMAIN)
				.extracting(Finding::result)
				.containsExactly(CheckResult.PASSED);
			assertThat(findings).filteredOn(finding -> finding.check() != Check.DOMAIN)
				.allSatisfy(finding -> assertThat(finding.result()).isEqualTo(CheckResult.UNKNOWN))
				.allSatisfy(finding -> assertThat(finding.reason()).contains("switched off"));
			assertThat(aws.requests()).isEmpty();
		}
	}

	@Test
	void asksOnlyDryRunsByDefault() {
		var calls = SimulatedAws.simulator().calls().of(Operation.GET_DOMAIN).size();

		assertThat(usual.looksOnCreate()).isFalse();
		assertThat(usual.admit(missing())).isEmpty();
		assertThat(SimulatedAws.simulator().calls().of(Operation.GET_DOMAIN)).hasSize(calls);
	}

	@Test
	void warns() {
		assertThat(Preflights.warning(domains).admit(missing())).extracting(Violation::pointer)
			.containsExactly("/ObjectTypeName", "/RoleArn", FLOW + "/KmsArn");
	}

	@Test
	void refusesWhatSurelyGoesWrong() {
		var refusing = Preflights.refusing(domains);

		assertThatExceptionOfType(InvalidDocument.class).isThrownBy(() -> refusing.admit(missing()))
			.satisfies(refused -> assertThat(refused.violations()).extracting(Violation::pointer)
				.containsExactly("/ObjectTypeName", "/RoleArn"));
		assertThat(refusing.admit(sample.with(FLOW + "/KmsArn", anotherKey()).request())).as("a warning at most")
			.extracting(Violation::pointer)
			.containsExactly(FLOW + "/KmsArn");
		assertThat(refusing.admit(sample.request())).isEmpty();
	}

	@Test
	void lacksNothingWhenItMayNotLook() {
		var hidden = fromS3.role("arn:aws:iam::123456789012:role/hidden")
			.with(FLOW + "/KmsArn", "arn:aws:kms:eu-central-1:123456789012:key/hidden")
			.with(FLOW + "/SourceFlowConfig/SourceConnectorProperties/S3/BucketName", "hidden-bucket")
			.request();

		assertThat(preflight.look(hidden))
			.filteredOn(finding -> Set.of(Check.ROLE, Check.KMS_KEY, Check.S3_BUCKET).contains(finding.check()))
			.allSatisfy(finding -> assertThat(finding.reason()).contains("no permission"))
			.extracting(Finding::result)
			.containsOnly(CheckResult.UNKNOWN);
	}

	@Test
	void blamesNoRequestForItsOwnMistakes() {
		var broken = new Preflight(null, Preflights.settings(OnCreate.REFUSE, Preflights.LONG),
				new SimpleMeterRegistry());

		assertThat(broken.look(sample.request())).extracting(Finding::result).containsOnly(CheckResult.UNKNOWN);
	}

	@Test
	void countsWhatItFinds() {
		var meters = new SimpleMeterRegistry();
		var settings = Preflights.settings(OnCreate.OFF, Set.of(), Preflights.LONG);
		new Preflight(null, settings, meters).look(sample.request());

		assertThat(meters.get("preflight.findings").tags("check", "kms_key", "result", "unknown").counter().count())
			.isOne();
	}

	private CreateIntegrationWorkflow missing() {
		return sample.objectType("MissingType")
			.role("arn:aws:iam::123456789012:role/missing")
			.with(FLOW + "/KmsArn", anotherKey())
			.request();
	}

	private static String anotherKey() {
		return "arn:aws:kms:eu-central-1:123456789012:key/another";
	}

}
