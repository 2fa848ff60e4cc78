package io.profileworkflows.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.simulator.Faults.Lag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesClient;
import software.amazon.awssdk.services.customerprofiles.model.BadRequestException;
import software.amazon.awssdk.services.customerprofiles.model.CustomerProfilesException;
import software.amazon.awssdk.services.customerprofiles.model.InternalServerException;
import software.amazon.awssdk.services.customerprofiles.model.ResourceNotFoundException;

import static io.profileworkflows.simulator.Operation.CREATE_INTEGRATION_WORKFLOW;
import static io.profileworkflows.simulator.Operation.GET_DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

@OnTheSide
class FaultsTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final Duration SHORT = Duration.ofMillis(100);

	private final MovableTime time = new MovableTime(Instant.parse("2026-11-24T10:00:00Z"));

	private final Simulator simulator = Simulator.start(SimulatorSettings.defaults().withClock(time));

	private final CustomerProfilesClient aws = Sdk.client(simulator);

	@AfterEach
	void close() {
		aws.close();
		simulator.close();
	}

	@ParameterizedTest
	@MethodSource
	void looksTheSameToAClientWhetherTheConnectionDropsBeforeOrAfter(Fault fault, boolean acted) {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, fault);

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> create("orders"));
		assertThat(createCall()).satisfies(call -> {
			assertThat(call.acted()).isEqualTo(acted);
			assertThat(call.answered()).isFalse();
			assertThat(call.status()).isZero();
			assertThat(call.fault()).isEqualTo(fault.kind().name());
		});
		assertThat(simulator.calls().createsOf("orders")).isEqualTo(acted ? 1 : 0);
	}

	static Stream<Arguments> looksTheSameToAClientWhetherTheConnectionDropsBeforeOrAfter() {
		return Stream.of(Arguments.of(Fault.RESET_BEFORE, false), Arguments.of(Fault.RESET_AFTER, true));
	}

	@Test
	void dropsTheConnectionOfAnAsynchronousClientToo() {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, Fault.RESET_AFTER);

		try (var async = Sdk.asyncClient(simulator)) {
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> async.createIntegrationWorkflow(Sdk.create("orders")).join())
				.withCauseInstanceOf(SdkClientException.class);
		}
		assertThat(simulator.calls().createsOf("orders")).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource
	void answersWithAnError(Fault fault, int status, String errorCode, boolean acted) {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, fault);

		var failure = catchThrowableOfType(CustomerProfilesException.class, () -> create("orders"));

		assertThat(failure.statusCode()).isEqualTo(status);
		assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(errorCode);
		assertThat(failure.getClass().getSimpleName()).isIn(errorCode, "CustomerProfilesException");
		assertThat(createCall()).satisfies(call -> {
			assertThat(call.acted()).isEqualTo(acted);
			assertThat(call.answered()).isTrue();
			assertThat(call.status()).isEqualTo(status);
			assertThat(call.requestId()).isEqualTo(failure.requestId());
		});
		assertThat(simulator.workflows()).hasSize(acted ? 1 : 0);
	}

	static Stream<Arguments> answersWithAnError() {
		return Stream.of(Arguments.of(Fault.ERROR_500_BEFORE, 500, "InternalServerException", false),
				Arguments.of(Fault.ERROR_500_AFTER, 500, "InternalServerException", true),
				Arguments.of(Fault.THROTTLE_429, 429, "ThrottlingException", false),
				Arguments.of(Fault.ACCESS_DENIED_403, 403, "AccessDeniedException", false),
				Arguments.of(Fault.EXPIRED_TOKEN_403, 403, "ExpiredTokenException", false),
				Arguments.of(Fault.UNRECOGNIZED_CLIENT_403, 403, "UnrecognizedClientException", false),
				Arguments.of(Fault.INVALID_SIGNATURE_403, 403, "InvalidSignatureException", false),
				Arguments.of(Fault.HTML_503, 503, null, false));
	}

	@Test
	void deniesTheCallItselfInOtherWordsThanItsRole() {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, Fault.ACCESS_DENIED_403);

		assertThatThrownBy(() -> create("orders"))
			.hasMessageContaining("is not authorized to perform: profile:CreateIntegrationWorkflow");
	}

	@Test
	void answersWithGarbageAfterItActed() {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, Fault.GARBAGE_200);

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> create("orders"));
		assertThat(simulator.calls().createsOf("orders")).isEqualTo(1);
		assertThat(createCall().status()).isEqualTo(200);
	}

	@Test
	void answersWithoutAnIdAfterItActed() {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, Fault.NO_ID_200);

		assertThat(create("orders")).isNull();
		assertThat(simulator.calls().createsOf("orders")).isEqualTo(1);
	}

	@Test
	void answersTooLateButHasActed() {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, Fault.delayAfter(LONG));

		assertThatExceptionOfType(ApiCallAttemptTimeoutException.class).isThrownBy(this::createImpatiently);
		assertThat(createCall()).satisfies(call -> {
			assertThat(call.acted()).isTrue();
			assertThat(call.answered()).isFalse();
		});
	}

	@Test
	void actsAfterTheClientGaveUp() {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, Fault.delayBefore(PATIENCE.multipliedBy(3)));

		assertThatExceptionOfType(ApiCallAttemptTimeoutException.class).isThrownBy(this::createImpatiently);
		assertThat(simulator.calls().createsOf("orders")).as("not yet").isZero();
		await().until(() -> simulator.calls().createsOf("orders") == 1);
	}

	@Test
	void answersWhoWaitsLongEnough() {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, Fault.delayBefore(SHORT), Fault.delayAfter(SHORT));

		assertThat(create("orders")).isNotNull();
		assertThat(create("payments")).isNotNull();
	}

	@Test
	void actsAfterTheConnectionDropped() {
		simulator.faults().next(CREATE_INTEGRATION_WORKFLOW, Fault.resetThenAct(PATIENCE.multipliedBy(2)));

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> create("orders"));
		assertThat(simulator.calls().createsOf("orders")).as("not yet").isZero();
		await().until(() -> createCall().acted());
		assertThat(createCall().answered()).isFalse();
		assertThat(simulator.calls().createsOf("orders")).isEqualTo(1);
	}

	@Test
	void showsWhatTheRetriesOfTheSdkDo() {
		simulator.faults().always(CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_AFTER);

		try (var retrying = Sdk.client(simulator,
				config -> config.retryStrategy(AwsRetryStrategy.legacyRetryStrategy()))) {
			assertThatExceptionOfType(InternalServerException.class)
				.isThrownBy(() -> retrying.createIntegrationWorkflow(Sdk.create("orders")));
		}

		assertThat(simulator.calls().createsOf("orders")).isEqualTo(4);
		assertThat(simulator.calls().creates("orders")).extracting(call -> call.headers().get("amz-sdk-invocation-id"))
			.containsOnly(simulator.calls().creates("orders").getFirst().headers().get("amz-sdk-invocation-id"));
	}

	@Test
	void followsTheScriptOfEachOperation() {
		var faults = simulator.faults();
		faults.next(CREATE_INTEGRATION_WORKFLOW, 2, Fault.ERROR_500_BEFORE);
		faults.nextOfAny(Fault.HTML_503);

		assertThat(faults.take(GET_DOMAIN)).isEqualTo(Fault.HTML_503);
		assertThat(faults.take(GET_DOMAIN)).isNull();
		assertThat(faults.take(CREATE_INTEGRATION_WORKFLOW)).isEqualTo(Fault.ERROR_500_BEFORE);
		assertThat(faults.take(CREATE_INTEGRATION_WORKFLOW)).isEqualTo(Fault.ERROR_500_BEFORE);
		assertThat(faults.take(CREATE_INTEGRATION_WORKFLOW)).isNull();
	}

	@Test
	void drawsTheSameChancesFromTheSameSeed() {
		var first = new Faults().seed(7).chanceForAny(Fault.RESET_AFTER, 0.1).chanceForAny(Fault.HTML_503, 0.2);
		var second = new Faults().seed(7).chanceForAny(Fault.RESET_AFTER, 0.1).chanceForAny(Fault.HTML_503, 0.2);

		var drawn = IntStream.range(0, 1_000).mapToObj(_ -> first.take(GET_DOMAIN)).toList();

		assertThat(IntStream.range(0, 1_000).mapToObj(_ -> second.take(GET_DOMAIN))).isEqualTo(drawn);
		assertThat(drawn.stream().filter(Fault.RESET_AFTER::equals).count()).isBetween(70L, 130L);
		assertThat(drawn.stream().filter(Fault.HTML_503::equals).count()).isBetween(160L, 240L);
	}

	@Test
	void refusesWhatCannotHappen() {
		var faults = new Faults().chanceForAny(Fault.RESET_AFTER, 0.7);

		assertThatIllegalArgumentException().isThrownBy(() -> faults.chance(GET_DOMAIN, Fault.HTML_503, 0.4))
			.withMessageContaining("GetDomain");
		assertThatIllegalArgumentException().isThrownBy(() -> faults.chanceForAny(Fault.HTML_503, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> faults.next(GET_DOMAIN, 0, Fault.HTML_503));
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.delayAfter(Duration.ZERO));
	}

	@Test
	void hidesANewWorkflowForAWhile() {
		simulator.faults().lag(new Lag(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(15)));
		var id = create("orders");

		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> get(id));
		time.pass(Duration.ofSeconds(5));
		get(id);
		assertThat(listed()).isZero();
		time.pass(Duration.ofSeconds(5));
		assertThat(listed()).isEqualTo(1);
		assertThat(steps(id)).isZero();
		time.pass(Duration.ofSeconds(5));
		assertThat(steps(id)).isEqualTo(1);
	}

	@Test
	void deletesByAndBy() {
		simulator.faults().lag(Lag.NONE.withDelete(Duration.ofSeconds(10)));
		var id = create("orders");

		delete(id);

		get(id);
		assertThat(listed()).isEqualTo(1);
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> delete(id));
		create("orders");
		assertThat(simulator.duplicates()).as("the flow still holds its name").isEqualTo(1);
		time.pass(Duration.ofSeconds(10));
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> get(id));
		create("orders");
		assertThat(simulator.duplicates()).isEqualTo(1);
	}

	private void delete(String id) {
		aws.deleteWorkflow(request -> request.domainName("retail").workflowId(id));
	}

	private Call createCall() {
		return simulator.calls().creates("orders").getLast();
	}

	private String create(String flowName) {
		return aws.createIntegrationWorkflow(Sdk.create(flowName)).workflowId();
	}

	private void createImpatiently() {
		try (var impatient = Sdk.client(simulator,
				config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallAttemptTimeout(PATIENCE))) {
			impatient.getDomain(request -> request.domainName("retail"));
			impatient.createIntegrationWorkflow(Sdk.create("orders"));
		}
	}

	private void get(String id) {
		aws.getWorkflow(request -> request.domainName("retail").workflowId(id));
	}

	private int listed() {
		return aws.listWorkflows(request -> request.domainName("retail")).items().size();
	}

	private int steps(String id) {
		return aws.getWorkflowSteps(request -> request.domainName("retail").workflowId(id)).items().size();
	}

}
