package io.profileworkflows.preflight;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.customerprofiles.ProfileResources;
import io.profileworkflows.preflight.AwsAnswer.Absent;
import io.profileworkflows.preflight.AwsAnswer.Found;
import io.profileworkflows.preflight.AwsAnswer.Untold;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.iam.endpoints.IamEndpointProvider;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against stubs of the wire formats: query and XML for IAM, JSON for KMS, REST and XML
 * for S3.
 */
@PostgresTest
class QuestionsTests {

	private static final String ROLE = "arn:aws:iam::123456789012:role/ingest";

	private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/k";

	private final AwsStub aws = new AwsStub();

	private final AwsClients clients = Preflights.clients(aws.endpoint(), Preflights.LONG);

	private Questions questions;

	@Autowired
	void ask(ProfileResources domains) {
		this.questions = new Questions(domains, clients, null, Preflights.settings(OnCreate.OFF, Preflights.LONG));
	}

	@AfterEach
	void close() {
		clients.close();
		aws.close();
		SimulatedAws.simulator().faults().clear();
	}

	@Test
	void findARoleInIamWhichIsInNoRegion() {
		aws.showRole(ROLE, "{\"Statement\": []}");

		assertThat(questions.role("ingest")).isInstanceOfSatisfying(Found.class,
				found -> assertThat(found.value()).isInstanceOfSatisfying(IamRole.class, role -> {
					assertThat(role.arn()).isEqualTo(ROLE);
					assertThat(TrustPolicy.parse(role.trustPolicy()).statements()).isEmpty();
				}));
		assertThat(aws.requests()).singleElement().satisfies(request -> {
			assertThat(request.body()).contains("Action=GetRole", "RoleName=ingest");
			assertThat(request.authorization()).contains("/us-east-1/iam/aws4_request");
		});
	}

	@Test
	void wouldFindIamAtItsOneEndpoint() {
		var region = clients.iam().serviceClientConfiguration().region();

		assertThat(IamEndpointProvider.defaultProvider().resolveEndpoint(query -> query.region(region)).join().url())
			.isEqualTo(URI.create("https://iam.amazonaws.com"));
	}

	@Test
	void missARoleThatIsNotThere() {
		assertThat(with(aws.refuseRole(404, "NoSuchEntity")).role("ingest")).isEqualTo(new Absent<>());
	}

	@ParameterizedTest
	@CsvSource({ "403, AccessDenied, no permission for iam:GetRole", "400, Throttling, throttles iam:GetRole",
			"429, TooManyRequestsException, throttles iam:GetRole", "403, ExpiredToken, does not accept this service's",
			"403, InvalidClientTokenId, does not accept this service's",
			"500, ServiceFailure, status 500 (ServiceFailure)", "404, UnknownOperation, status 404",
			"400, ValidationError, status 400" })
	void sayWhyIamDidNotTell(int status, String code, String reason) {
		assertThat(with(aws.refuseRole(status, code)).role("ingest")).isInstanceOfSatisfying(Untold.class,
				untold -> assertThat(untold.reason()).contains(reason).doesNotContain("arn:"));
	}

	@Test
	void takeWhatIsNoAnswerForNone() {
		assertThat(with(aws.will(200, "<html>", Map.of())).role("ingest")).isInstanceOf(Untold.class);
	}

	@Test
	void findAKeyByItsArnOrAnAlias() {
		aws.showKey(KEY, "Enabled", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT");

		assertThat(questions.key("arn:aws:kms:eu-central-1:123456789012:alias/retail"))
			.isEqualTo(new Found<>(new Key(KEY, "Enabled", true)));
		assertThat(aws.requests()).singleElement().satisfies(request -> {
			assertThat(request.target()).isEqualTo("TrentService.DescribeKey");
			assertThat(request.body()).contains("alias/retail");
			assertThat(request.authorization()).contains("/eu-central-1/kms/aws4_request");
		});
	}

	@ParameterizedTest
	@CsvSource({ "Disabled, ENCRYPT_DECRYPT, SYMMETRIC_DEFAULT, true",
			"PendingDeletion, ENCRYPT_DECRYPT, RSA_2048, false", "Enabled, SIGN_VERIFY, ECC_NIST_P256, false",
			"BrandNew, GENERATE_VERIFY_MAC, HMAC_256, false" })
	void tellHowAKeyIs(String state, String usage, String spec, boolean symmetric) {
		aws.showKey(KEY, state, usage, spec);

		assertThat(questions.key(KEY)).isEqualTo(new Found<>(new Key(KEY, state, symmetric)));
	}

	@ParameterizedTest
	@CsvSource({ "NotFoundException", "InvalidArnException" })
	void missAKeyThatIsNotThere(String type) {
		assertThat(with(aws.refuseKey(400, type)).key(KEY)).isEqualTo(new Absent<>());
	}

	@ParameterizedTest
	@CsvSource({ "400, AccessDeniedException, no permission for kms:DescribeKey",
			"400, ThrottlingException, throttles kms:DescribeKey", "400, ExpiredTokenException, does not accept",
			"400, UnrecognizedClientException, does not accept", "500, KMSInternalException, status 500",
			"400, DependencyTimeoutException, status 400" })
	void sayWhyKmsDidNotTell(int status, String type, String reason) {
		assertThat(with(aws.refuseKey(status, type)).key(KEY)).isInstanceOfSatisfying(Untold.class,
				untold -> assertThat(untold.reason()).contains(reason).doesNotContain("arn:"));
	}

	@Test
	void findABucketByItsPathWhereTheEndpointIsNotAws() {
		aws.showBucket(200, "eu-central-1");

		assertThat(questions.bucket("retail-orders")).isEqualTo(new Found<>(new Bucket("eu-central-1", null)));
		assertThat(aws.requests()).singleElement().satisfies(request -> {
			assertThat(request.method()).isEqualTo("HEAD");
			assertThat(request.path()).isEqualTo("/retail-orders");
			assertThat(request.host()).startsWith("127.0.0.1:");
		});
	}

	@Test
	void missABucketThatIsNotThere() {
		assertThat(with(aws.showBucket(404, "")).bucket("retail-orders")).isEqualTo(new Absent<>());
	}

	@Test
	void tellTheRegionOfABucketEvenWithoutPermission() {
		assertThat(with(aws.showBucket(403, "us-east-1")).bucket("retail-orders")).isInstanceOfSatisfying(Found.class,
				found -> assertThat(found.value()).isInstanceOfSatisfying(Bucket.class, bucket -> {
					assertThat(bucket.region()).isEqualTo("us-east-1");
					assertThat(bucket.hidden()).contains("no permission for s3:ListBucket");
				}));
		assertThat(with(aws.showBucket(301, "us-east-1")).bucket("retail-orders")).isInstanceOf(Found.class);
	}

	@ParameterizedTest
	@CsvSource({ "403, no permission for s3:ListBucket", "500, status 500", "503, status 503", "429, throttles",
			"400, status 400" })
	void sayWhyS3DidNotTell(int status, String reason) {
		assertThat(with(aws.showBucket(status, "")).bucket("retail-orders")).isInstanceOfSatisfying(Untold.class,
				untold -> assertThat(untold.reason()).contains(reason));
	}

	@Test
	void waitNoLongerThanTheTimeLimit() {
		aws.stall();
		try (var hasty = Preflights.clients(aws.endpoint(), Duration.ofMillis(200))) {
			assertThat(asking(hasty).role("ingest"))
				.isEqualTo(new Untold<>("There was no answer to iam:GetRole in time"));
			assertThat(asking(hasty).key(KEY))
				.isEqualTo(new Untold<>("There was no answer to kms:DescribeKey in time"));
			assertThat(asking(hasty).bucket("retail-orders"))
				.isEqualTo(new Untold<>("There was no answer to s3:ListBucket in time"));
		}
	}

	@Test
	void sayThatThereIsNoConnection() {
		try (var lost = Preflights.clients(URI.create("http://127.0.0.1:1"), Preflights.LONG)) {
			assertThat(asking(lost).key(KEY)).isEqualTo(new Untold<>("There was no connection for kms:DescribeKey"));
			assertThat(asking(lost).role("ingest")).isEqualTo(new Untold<>("There was no connection for iam:GetRole"));
			assertThat(asking(lost).bucket("retail-orders")).isInstanceOf(Untold.class);
		}
	}

	@Test
	void sayThatThereAreNoCredentials() {
		AwsCredentialsProvider none = () -> {
			throw new IllegalStateException("Unable to load credentials");
		};
		try (var strangers = new AwsClients(Preflights.HERE, none, Preflights.settings(OnCreate.OFF, Preflights.LONG),
				aws.endpoint())) {
			assertThat(asking(strangers).key(KEY)).isInstanceOfSatisfying(Untold.class,
					untold -> assertThat(untold.reason()).contains("no credentials"));
		}
		assertThat(aws.requests()).isEmpty();
	}

	@Test
	void findADomainAndWhatIsInIt() {
		var domainName = SampleRequest.unique().domainName();

		assertThat(questions.domain(domainName)).isInstanceOf(Found.class);
		assertThat(questions.objectType(new ObjectType(domainName, "Account"))).isInstanceOf(Found.class);
		assertThat(questions.integrations(domainName)).isEqualTo(new Found<>(0));
		assertThat(questions.domain("missing")).isEqualTo(new Absent<>());
		assertThat(questions.objectType(new ObjectType(domainName, "MissingType"))).isEqualTo(new Absent<>());
		assertThat(questions.integrations("missing")).isEqualTo(new Absent<>());
	}

	@Test
	void sayWhyCustomerProfilesDidNotTell() {
		SimulatedAws.simulator()
			.faults()
			.next(Operation.GET_DOMAIN, Fault.ACCESS_DENIED_403)
			.next(Operation.GET_PROFILE_OBJECT_TYPE, 2, Fault.THROTTLE_429)
			.next(Operation.LIST_INTEGRATIONS, 2, Fault.HTML_503);

		assertThat(questions.domain("retail")).isInstanceOfSatisfying(Untold.class,
				untold -> assertThat(untold.reason()).contains("no permission for profile:GetDomain"));
		assertThat(questions.objectType(new ObjectType("retail", "Account"))).isInstanceOfSatisfying(Untold.class,
				untold -> assertThat(untold.reason()).contains("throttles profile:GetProfileObjectType"));
		assertThat(questions.integrations("retail")).isInstanceOfSatisfying(Untold.class,
				untold -> assertThat(untold.reason()).contains("status 503"));
	}

	private Questions with(AwsStub told) {
		assertThat(told).isSameAs(aws);
		return questions;
	}

	private static Questions asking(AwsClients clients) {
		return new Questions(null, clients, null, Preflights.settings(OnCreate.OFF, Preflights.LONG));
	}

}
