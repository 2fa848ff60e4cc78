package io.profileworkflows.customerprofiles;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.profileworkflows.customerprofiles.Fault.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.customerprofiles.model.CustomerProfilesException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class FaultTests {

	private static final Fault.Call BEGUN = new Fault.Call("CreateIntegrationWorkflow", Requests.ROLE, false);

	private static final Fault.Call WITHHELD = new Fault.Call("CreateIntegrationWorkflow", Requests.ROLE, true);

	@ParameterizedTest
	@CsvSource(textBlock = """
			400, BadRequestException,            REFUSED
			400, BadRequest,                     REFUSED
			400, ValidationException,            REFUSED
			400, SerializationException,         REFUSED
			400, ThrottlingException,            THROTTLED
			400, Throttling,                     THROTTLED
			400, ExpiredTokenException,          OWN_CREDENTIALS
			400, IncompleteSignature,            OWN_CREDENTIALS
			400, RequestExpired,                 OWN_CREDENTIALS
			400, ,                               UNKNOWN
			400, SomethingNew,                   UNKNOWN
			401, ,                               UNKNOWN
			401, UnrecognizedClientException,    OWN_CREDENTIALS
			403, AccessDeniedException,          REFUSED
			403, AccessDenied,                   REFUSED
			403, ExpiredToken,                   OWN_CREDENTIALS
			403, ExpiredTokenException,          OWN_CREDENTIALS
			403, UnrecognizedClient,             OWN_CREDENTIALS
			403, UnrecognizedClientException,    OWN_CREDENTIALS
			403, InvalidSignatureException,      OWN_CREDENTIALS
			403, InvalidClientTokenId,           OWN_CREDENTIALS
			403, InvalidAccessKeyId,             OWN_CREDENTIALS
			403, MissingAuthenticationTokenException, OWN_CREDENTIALS
			403, MissingAuthenticationToken,     OWN_CREDENTIALS
			403, SignatureDoesNotMatch,          OWN_CREDENTIALS
			403, RequestTimeTooSkewed,           OWN_CREDENTIALS
			403, RequestInTheFuture,             OWN_CREDENTIALS
			403, ,                               UNKNOWN
			403, Forbidden,                      UNKNOWN
			404, ResourceNotFoundException,      NOT_FOUND
			404, ,                               UNKNOWN
			404, UnknownOperationException,      UNKNOWN
			405, ,                               UNKNOWN
			407, ,                               UNKNOWN
			408, RequestTimeoutException,        UNKNOWN
			409, ConflictException,              UNKNOWN
			413, ,                               REFUSED
			413, RequestEntityTooLargeException, REFUSED
			421, ,                               UNKNOWN
			429, ThrottlingException,            THROTTLED
			429, ,                               THROTTLED
			302, ,                               UNKNOWN
			500, InternalServerException,        UNKNOWN
			500, ThrottlingException,            UNKNOWN
			500, BadRequestException,            UNKNOWN
			500, ExpiredTokenException,          UNKNOWN
			502, ,                               UNKNOWN
			503, ,                               UNKNOWN
			503, ServiceUnavailable,             UNKNOWN
			503, SlowDown,                       UNKNOWN
			504, ,                               UNKNOWN
			508, LoopDetectedException,          POINTS_AT_ITSELF
			508, ,                               UNKNOWN
			500, LoopDetectedException,          UNKNOWN
			""")
	void judgesAnAnswerByStatusAndCode(int status, @Nullable String code, Kind kind) {
		var fault = Fault.of(new CompletionException(answer(status, code, null)), BEGUN);

		assertThat(fault.kind()).isEqualTo(kind);
		assertThat(fault.code()).isEqualTo(code);
		assertThat(fault.requestId()).isEqualTo("request-1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					User: arn:aws:sts::123456789012:assumed-role/our-service/i-1 is not authorized to perform: profile:CreateIntegrationWorkflow on resource: arn:aws:profile:eu-central-1:123456789012:domains/retail because no identity-based policy allows the profile:CreateIntegrationWorkflow action | OWN_CREDENTIALS
					User: arn:aws:iam::123456789012:user/us is not authorized to perform: profile:CreateIntegrationWorkflow on resource: * with an explicit deny in a service control policy | OWN_CREDENTIALS
					User: arn:aws:sts::123456789012:assumed-role/our-service/i-1 is not authorized to perform: profile:TagResource on resource: * | OWN_CREDENTIALS
					User: arn:aws:sts::123456789012:assumed-role/customer-profiles/flow is not authorized to perform: profile:TagResource on resource: * | REFUSED
					User: arn:aws:iam::123456789012:role/ingest/customer-profiles is not authorized to perform: profile:TagResource on resource: * | REFUSED
					User: arn:aws:sts::123456789012:assumed-role/customer-profiles/flow is not authorized to perform: profile:PutIntegration on resource: * | REFUSED
					User: arn:aws:sts::123456789012:assumed-role/our-service/i-1 is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/ingest/customer-profiles because no identity-based policy allows the iam:PassRole action | REFUSED
					User: arn:aws:sts::123456789012:assumed-role/our-service/i-1 is not authorized to perform: kms:CreateGrant on resource: * | REFUSED
					Customer Profiles cannot assume the role arn:aws:iam::123456789012:role/ingest/customer-profiles | REFUSED
					Access denied | REFUSED
					""")
	void tellsWhomADenialIsAbout(String message, Kind kind) {
		assertThat(Fault.of(answer(403, "AccessDeniedException", message), BEGUN).kind()).isEqualTo(kind);
	}

	@Test
	void takesADenialOfAReadAsOursOnlyForThatRead() {
		var denied = answer(403, "AccessDeniedException",
				"User: arn:aws:iam::1:user/us is not authorized to perform: profile:ListWorkflows on resource: *");

		assertThat(Fault.of(denied, Fault.Call.to("ListWorkflows")).kind()).isEqualTo(Kind.OWN_CREDENTIALS);
		assertThat(Fault.of(denied, Fault.Call.to("GetWorkflow")).kind()).isEqualTo(Kind.REFUSED);
	}

	@Test
	void doesNotTakeAnAnswerOfAnotherAwsServiceForOneOfCustomerProfiles() {
		var ofSts = AwsServiceException.builder()
			.statusCode(403)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDenied").errorMessage("no").build())
			.build();

		assertThat(Fault.of(ofSts, BEGUN).kind()).isEqualTo(Kind.UNKNOWN);
		assertThat(Fault.of(new CredentialsUnavailable(ofSts), BEGUN).kind()).isEqualTo(Kind.OWN_CREDENTIALS);
	}

	static Stream<Arguments> exceptions() {
		return Stream.of(arguments(new ConnectException("Connection refused"), Kind.UNREACHABLE, Kind.UNREACHABLE),
				arguments(new ConnectTimeoutException("connection timed out"), Kind.UNREACHABLE, Kind.UNREACHABLE),
				arguments(new UnknownHostException("profile.nowhere"), Kind.UNREACHABLE, Kind.UNREACHABLE),
				arguments(new NoRouteToHostException("No route to host"), Kind.UNREACHABLE, Kind.UNREACHABLE),
				arguments(new SSLHandshakeException("PKIX path building failed"), Kind.UNREACHABLE, Kind.UNREACHABLE),
				arguments(new DeadlinePassed(), Kind.DEADLINE_PASSED, Kind.DEADLINE_PASSED),
				arguments(new CredentialsUnavailable(new IllegalStateException("none")), Kind.OWN_CREDENTIALS,
						Kind.OWN_CREDENTIALS),
				arguments(new SSLException("Received fatal alert"), Kind.UNKNOWN, Kind.UNREACHABLE),
				arguments(
						new Throwable("Acquire operation took longer than the configured maximum time.",
								new TimeoutException("Acquire operation took longer than 1 milliseconds")),
						Kind.UNKNOWN, Kind.UNREACHABLE),
				arguments(ApiCallTimeoutException.create(1), Kind.UNKNOWN, Kind.UNREACHABLE),
				arguments(ApiCallAttemptTimeoutException.create(1), Kind.UNKNOWN, Kind.UNREACHABLE),
				arguments(new IOException("Read timed out", ReadTimeoutException.INSTANCE), Kind.UNKNOWN,
						Kind.UNREACHABLE),
				arguments(new SocketException("Connection reset"), Kind.UNKNOWN, Kind.UNREACHABLE),
				arguments(new IOException("The connection was closed during the request"), Kind.UNKNOWN,
						Kind.UNREACHABLE),
				arguments(SdkClientException.create("Unable to unmarshall response"), Kind.UNKNOWN, Kind.UNKNOWN),
				arguments(new NullPointerException(), Kind.UNKNOWN, Kind.UNKNOWN),
				arguments(new IllegalStateException("closed"), Kind.UNKNOWN, Kind.UNKNOWN));
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void judgesAnExceptionByWhatItSaysOfTheRequest(Throwable cause, Kind onceBegun, Kind onceWithheld) {
		var failure = new CompletionException(SdkClientException.create("Unable to execute HTTP request", cause));

		assertThat(Fault.of(failure, BEGUN).kind()).isEqualTo(onceBegun);
		assertThat(Fault.of(failure, WITHHELD).kind()).isEqualTo(onceWithheld);
		assertThat(Fault.of(failure, BEGUN).reason()).isNotBlank().hasSizeLessThanOrEqualTo(255);
	}

	@Test
	void survivesAnEndlessChainOfCauses() {
		var one = new IllegalStateException("one");
		var other = new IllegalStateException("other", one);
		one.initCause(other);

		assertThat(Fault.of(one, BEGUN).kind()).isEqualTo(Kind.UNKNOWN);
	}

	@Test
	void passesOnTheReasonInOneLineOfAtMost255Characters() {
		assertThat(reason("Role " + "x".repeat(300))).hasSize(255).startsWith("Role xxx");
		assertThat(reason("two\r\nlines \u0000 and\tmore ")).isEqualTo("two lines and more");
		assertThat(reason("x".repeat(254) + "\uD83D\uDE00")).isEqualTo("x".repeat(254));
		assertThat(reason("")).isEqualTo("Customer Profiles answered with status 400");
		assertThat(reason(null)).isEqualTo("Customer Profiles answered with status 400");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Retry-After         | 7                             | PT7S
			Retry-After         | 0                             | PT0S
			Retry-After         | Tue, 24 Nov 2026 15:00:30 GMT | PT30S
			Retry-After         | Tue, 24 Nov 2026 14:59:30 GMT |
			Retry-After         | soon                          |
			Retry-After         | -5                            |
			Retry-After         | 99999999999999999999          |
			Retry-After         | 86400                         | PT1H
			x-amz-retry-after   | 1500                          | PT1.5S
			x-amz-retry-after   | soon                          |
			X-Other             | 7                             |
			""")
	void readsHowLongToWait(String header, String value, @Nullable Duration expected) {
		var response = SdkHttpResponse.builder()
			.statusCode(429)
			.putHeader("Date", "Tue, 24 Nov 2026 15:00:00 GMT")
			.putHeader(header, value)
			.build();
		var details = AwsErrorDetails.builder().errorCode("ThrottlingException").sdkHttpResponse(response).build();
		var throttled = CustomerProfilesException.builder().statusCode(429).awsErrorDetails(details).build();

		assertThat(Fault.of(throttled, BEGUN).retryAfter()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 400, 503 })
	void copesWithAnAnswerWithoutDetails(int status) {
		var bare = CustomerProfilesException.builder().statusCode(status).build();

		assertThat(Fault.of(bare, BEGUN).kind()).isEqualTo(Kind.UNKNOWN);
	}

	private static String reason(@Nullable String message) {
		return Fault.of(answer(400, "BadRequestException", message), BEGUN).reason();
	}

	private static Throwable answer(int status, @Nullable String code, @Nullable String message) {
		return CustomerProfilesException.builder()
			.statusCode(status)
			.requestId("request-1")
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
			.build();
	}

}
