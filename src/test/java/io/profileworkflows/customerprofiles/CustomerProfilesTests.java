package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.customerprofiles.CreateOutcome.Created;
import io.profileworkflows.customerprofiles.CreateOutcome.NotSent;
import io.profileworkflows.customerprofiles.CreateOutcome.Refused;
import io.profileworkflows.customerprofiles.CreateOutcome.Unknown;
import io.profileworkflows.simulator.Call;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CustomerProfilesTests {

	private static final String NOBODY = "0123456789abcdef0123456789abcdef";

	private static final Simulator aws = Simulator.start(SimulatorSettings.defaults()
		.withRetryAfter(Duration.ofSeconds(7))
		.withDurations(Duration.ZERO, Duration.ZERO));

	private static final Upstream upstream = Upstream.at(aws.endpoint());

	private CustomerProfiles customerProfiles;

	@BeforeEach
	void forget() {
		aws.reset();
		upstream.forget();
		customerProfiles = upstream.customerProfiles();
	}

	@AfterAll
	static void close() {
		upstream.close();
		aws.close();
	}

	@Test
	void createsAWorkflow() {
		var outcome = upstream.create("accounts");

		assertThat(outcome).isInstanceOfSatisfying(Created.class, created -> {
			assertThat(created.workflowId()).isEqualTo(aws.workflows().getFirst().workflowId());
			assertThat(created.message()).isEqualTo("Successfully created the workflow");
			assertThat(created.requestId()).isEqualTo(lastCall().requestId());
		});
		assertThat(upstream.measured("CreateIntegrationWorkflow", "created")).isOne();
	}

	static Stream<Arguments> outcomes() {
		return Stream.of(arguments(Fault.THROTTLE_429, NotSent.class, NotSent.Cause.THROTTLED, "throttled", 0),
				arguments(Fault.ACCESS_DENIED_403, NotSent.class, NotSent.Cause.OWN_CREDENTIALS, "own_credentials", 0),
				arguments(Fault.EXPIRED_TOKEN_403, NotSent.class, NotSent.Cause.OWN_CREDENTIALS, "own_credentials", 0),
				arguments(Fault.UNRECOGNIZED_CLIENT_403, NotSent.class, NotSent.Cause.OWN_CREDENTIALS,
						"own_credentials", 0),
				arguments(Fault.INVALID_SIGNATURE_403, NotSent.class, NotSent.Cause.OWN_CREDENTIALS, "own_credentials",
						0),
				arguments(Fault.ERROR_500_BEFORE, Unknown.class, null, "unknown", 0),
				arguments(Fault.ERROR_500_AFTER, Unknown.class, null, "unknown", 1),
				arguments(Fault.RESET_BEFORE, Unknown.class, null, "unknown", 0),
				arguments(Fault.RESET_AFTER, Unknown.class, null, "unknown", 1),
				arguments(Fault.HTML_503, Unknown.class, null, "unknown", 0),
				arguments(Fault.GARBAGE_200, Unknown.class, null, "unknown", 1),
				arguments(Fault.NO_ID_200, Unknown.class, null, "unknown", 1));
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void sendsACreateOnceWhateverComesOfIt(Fault fault, Class<? extends CreateOutcome> type,
			NotSent.@Nullable Cause cause, String measured, int workflows) {
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, fault);

		var outcome = upstream.create("accounts");

		assertThat(outcome).isInstanceOf(type);
		if (outcome instanceof NotSent notSent) {
			assertThat(notSent.cause()).isEqualTo(cause);
		}
		assertThat(aws.calls().createCallsOf("accounts")).isOne();
		assertThat(aws.calls().createsOf("accounts")).isEqualTo(workflows);
		assertThat(upstream.measured("CreateIntegrationWorkflow", measured)).isOne();
	}

	@Test
	void saysHowLongAThrottledCreateShouldWait() {
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.THROTTLE_429);

		assertThat(upstream.create("accounts")).isInstanceOfSatisfying(NotSent.class, throttled -> {
			assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(7));
			assertThat(throttled.requestId()).isEqualTo(lastCall().requestId());
		});
	}

	@Test
	void passesOnWhyAwsRefuses() {
		var outcome = upstream.create("to-be-refused");

		assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
			assertThat(refused.errorCode()).isEqualTo("BadRequestException");
			assertThat(refused.reason()).isNotBlank().doesNotContain("status 400");
			assertThat(refused.requestId()).isEqualTo(lastCall().requestId());
		});
		assertThat(aws.calls().of(Operation.CREATE_INTEGRATION_WORKFLOW)).hasSize(1);
		assertThat(aws.workflows()).isEmpty();
	}

	@Test
	void takesADeniedRoleForARefusalOfTheRequest() {
		var request = Requests.withRole("accounts", "arn:aws:iam::123456789012:role/denied");

		assertThat(customerProfiles.create(request, Deadline.in(Upstream.PATIENCE), Departure.atOnce()))
			.isInstanceOfSatisfying(Refused.class, refused -> {
				assertThat(refused.errorCode()).isEqualTo("AccessDeniedException");
				assertThat(refused.reason()).contains("iam:PassRole");
			});
	}

	@Test
	void doesNotKnowWhatBecameOfACreateThatIsAnsweredTooLate() {
		try (var impatient = Upstream.at(aws.endpoint(), Duration.ofMillis(700))) {
			impatient.create("warm-up");
			aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.delayAfter(Duration.ofSeconds(10)));

			assertThat(impatient.create("accounts")).isEqualTo(new Unknown("No answer in time", null));
			assertThat(aws.calls().createCallsOf("accounts")).isOne();
			assertThat(aws.calls().createsOf("accounts")).isOne();
		}
	}

	@Test
	void waitsForNoAnswerBeyondTheDeadline() {
		upstream.create("warm-up");
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.delayAfter(Duration.ofSeconds(10)));
		var deadline = Deadline.in(Duration.ofMillis(700));

		var outcome = customerProfiles.create(Requests.named("accounts"), deadline, Departure.atOnce());

		assertThat(outcome).isInstanceOf(Unknown.class);
		assertThat(deadline.hasPassed()).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - deadline.nanoTime())).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void sendsNothingAfterTheDeadline() {
		var outcome = customerProfiles.create(Requests.named("accounts"), Deadline.in(Duration.ZERO),
				Departure.atOnce());

		assertThat(outcome).isInstanceOfSatisfying(NotSent.class,
				notSent -> assertThat(notSent.cause()).isEqualTo(NotSent.Cause.DEADLINE_PASSED));
		assertThat(aws.calls().all()).isEmpty();
		assertThat(upstream.measured("CreateIntegrationWorkflow", "deadline_passed")).isOne();
	}

	@Test
	void marksEveryCallAsItsOwn() {
		upstream.create("accounts");
		customerProfiles.list(Priority.SWEEP, Requests.DOMAIN, null, null, null);
		customerProfiles.delete(Requests.DOMAIN, NOBODY);

		assertThat(aws.calls().all()).hasSize(3)
			.allSatisfy(call -> assertThat(call.headers()).containsKey(CustomerProfiles.HOP_HEADER));
	}

	@Test
	void listsWorkflowsPageByPage() {
		IntStream.range(0, 101).forEach(number -> aws.plant(ForeignWorkflow.of(Requests.DOMAIN, "flow-" + number)));
		var ids = new HashSet<String>();
		var sizes = new ArrayList<Integer>();
		String token = null;

		do {
			var page = customerProfiles.list(Priority.SWEEP, Requests.DOMAIN, null, null, token).orElseThrow();
			page.items().forEach(item -> ids.add(item.workflowId()));
			sizes.add(page.items().size());
			token = page.nextToken();
		}
		while (token != null);

		assertThat(sizes).containsExactly(100, 1);
		assertThat(ids).hasSize(101);
	}

	@Test
	void listsWorkflowsOfATime() {
		var early = Instant.parse("2026-11-01T10:00:00Z");
		var late = Instant.parse("2026-11-01T12:00:00Z");
		var first = aws.plant(ForeignWorkflow.of(Requests.DOMAIN, "first").withCreatedAt(early));
		var second = aws.plant(ForeignWorkflow.of(Requests.DOMAIN, "second").withCreatedAt(late));

		assertThat(ids(null, early.plusSeconds(1))).containsExactly(first.workflowId());
		assertThat(ids(early.plusSeconds(1), null)).containsExactly(second.workflowId());
		assertThat(ids(early.plusSeconds(1), late.minusSeconds(1))).isEmpty();
		assertThat(customerProfiles.list(Priority.SWEEP, Requests.DOMAIN, early, early.plusSeconds(1), null)
			.orElseThrow()
			.items()).first().satisfies(item -> {
				assertThat(item.createdAt()).isEqualTo(early);
				assertThat(item.status()).isEqualTo("COMPLETE");
				assertThat(item.statusDescription()).isEqualTo("Workflow completed");
				assertThat(item.lastUpdatedAt()).isNotNull();
			});
	}

	@Test
	void keepsAStatusThatTheSdkDoesNotKnow() {
		upstream.create("accounts");
		var id = aws.workflows().getFirst().workflowId();
		aws.pin(id, "HALF_DONE", "as nobody expected");

		assertThat(customerProfiles.find(Priority.SWEEP, Requests.DOMAIN, id)).get().satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo("HALF_DONE");
			assertThat(workflow.errorDescription()).isEqualTo("as nobody expected");
		});
		assertThat(customerProfiles.list(Priority.SWEEP, Requests.DOMAIN, null, null, null).orElseThrow().items())
			.extracting(RemoteListItem::status)
			.containsExactly("HALF_DONE");
	}

	@Test
	void tellsAllThatAwsTellsOfAWorkflow() {
		upstream.create("accounts");
		var made = aws.workflows().getFirst();

		assertThat(customerProfiles.find(Priority.SWEEP, Requests.DOMAIN, made.workflowId()))
			.contains(new RemoteWorkflow(made.workflowId(), "APPFLOW_INTEGRATION", "COMPLETE", null, made.createdAt(),
					made.lastUpdatedAt(), "Salesforce", "sales-org", Requests.ROLE,
					new RemoteWorkflow.Metrics(1_000L, 1L, 1L)));
	}

	@Test
	void tellsAllThatAwsTellsOfItsSteps() {
		var planted = aws.plant(ForeignWorkflow.of(Requests.DOMAIN, "accounts").withBatches(101));

		var steps = customerProfiles.steps(Priority.SWEEP, Requests.DOMAIN, planted.workflowId());

		assertThat(steps).hasSize(101).extracting(RemoteStep::flowName).doesNotHaveDuplicates();
		assertThat(steps).first().satisfies(step -> {
			assertThat(step.flowName()).isEqualTo("accounts-1");
			assertThat(step.status()).isEqualTo("COMPLETE");
			assertThat(step.executionMessage()).isEqualTo("10 of 10 parts done");
			assertThat(step.recordsProcessed()).isEqualTo(1_000);
			assertThat(step.batchRecordsStartTime()).isEqualTo("2024-01-01T00:00:00Z");
			assertThat(step.batchRecordsEndTime()).isEqualTo("2024-03-01T00:00:00Z");
			assertThat(step.createdAt()).isNotNull();
			assertThat(step.lastUpdatedAt()).isNotNull();
		});
		assertThat(aws.calls().of(Operation.GET_WORKFLOW_STEPS)).hasSize(2);
	}

	@Test
	void takesWhatAwsDoesNotKnowForAnAnswer() {
		assertThat(customerProfiles.find(Priority.SWEEP, Requests.DOMAIN, NOBODY)).isEmpty();
		assertThat(customerProfiles.steps(Priority.SWEEP, Requests.DOMAIN, NOBODY)).isEmpty();
		assertThat(customerProfiles.delete(Requests.DOMAIN, NOBODY)).isInstanceOf(DeleteOutcome.Gone.class);
		assertThat(upstream.measured("GetWorkflow", "not_found")).isOne();
	}

	@Test
	void repeatsAReadUpToThreeTimes() {
		upstream.create("accounts");
		var id = aws.workflows().getFirst().workflowId();
		aws.faults().next(Operation.GET_WORKFLOW, Fault.ERROR_500_BEFORE, Fault.RESET_BEFORE);

		assertThat(customerProfiles.find(Priority.SWEEP, Requests.DOMAIN, id)).isPresent();
		assertThat(aws.calls().of(Operation.GET_WORKFLOW)).hasSize(3);
		assertThat(upstream.measured("GetWorkflow", "answered")).isOne();
	}

	@Test
	void givesUpOnAReadAfterThree() {
		aws.faults().always(Operation.LIST_WORKFLOWS, Fault.ERROR_500_BEFORE);

		assertThatExceptionOfType(CallFailed.class)
			.isThrownBy(() -> customerProfiles.list(Priority.SWEEP, Requests.DOMAIN, null, null, null))
			.satisfies(failed -> {
				assertThat(failed.operation()).isEqualTo("ListWorkflows");
				assertThat(failed.isThrottled()).isFalse();
				assertThat(failed.isOwnCredentials()).isFalse();
				assertThat(failed.reason()).isNotBlank();
				assertThat(failed.requestId()).isEqualTo(lastCall().requestId());
			});
		assertThat(aws.calls().of(Operation.LIST_WORKFLOWS)).hasSize(3);
	}

	@Test
	void saysWhetherAFailedReadWasThrottledOrNotAllowed() {
		aws.faults().next(Operation.GET_WORKFLOW, 3, Fault.THROTTLE_429);
		assertThatExceptionOfType(CallFailed.class)
			.isThrownBy(() -> customerProfiles.find(Priority.SWEEP, Requests.DOMAIN, NOBODY))
			.satisfies(failed -> {
				assertThat(failed.isThrottled()).isTrue();
				assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7));
			});

		aws.faults().next(Operation.GET_WORKFLOW_STEPS, Fault.EXPIRED_TOKEN_403);
		assertThatExceptionOfType(CallFailed.class)
			.isThrownBy(() -> customerProfiles.steps(Priority.SWEEP, Requests.DOMAIN, NOBODY))
			.satisfies(failed -> assertThat(failed.isOwnCredentials()).isTrue());
	}

	@Test
	void deletesAWorkflow() {
		upstream.create("accounts");
		var id = aws.workflows().getFirst().workflowId();

		assertThat(customerProfiles.delete(Requests.DOMAIN, id))
			.asInstanceOf(InstanceOfAssertFactories.type(DeleteOutcome.Deleted.class))
			.extracting(DeleteOutcome.Deleted::requestId)
			.isEqualTo(lastCall().requestId());
		assertThat(aws.workflows()).isEmpty();
		assertThat(upstream.measured("DeleteWorkflow", "deleted")).isOne();
	}

	@Test
	void deletesAWorkflowWhoseFirstDeletionWentUnanswered() {
		upstream.create("accounts");
		var id = aws.workflows().getFirst().workflowId();
		aws.faults().next(Operation.DELETE_WORKFLOW, Fault.RESET_AFTER);

		assertThat(customerProfiles.delete(Requests.DOMAIN, id)).as("not sent twice by itself")
			.isInstanceOf(DeleteOutcome.Unsettled.class);
		assertThat(customerProfiles.delete(Requests.DOMAIN, id)).isInstanceOf(DeleteOutcome.Gone.class);
		assertThat(aws.workflows()).isEmpty();
	}

	@Test
	void leavesADeletionUnsettledThatGotNoAnswer() {
		aws.faults().next(Operation.DELETE_WORKFLOW, Fault.ERROR_500_BEFORE);
		assertThat(customerProfiles.delete(Requests.DOMAIN, NOBODY)).isInstanceOf(DeleteOutcome.Unsettled.class);

		aws.faults().next(Operation.DELETE_WORKFLOW, Fault.THROTTLE_429);
		assertThat(customerProfiles.delete(Requests.DOMAIN, NOBODY)).isInstanceOfSatisfying(
				DeleteOutcome.Unsettled.class,
				unsettled -> assertThat(unsettled.retryAfter()).isEqualTo(Duration.ofSeconds(7)));

		aws.faults().next(Operation.DELETE_WORKFLOW, Fault.ACCESS_DENIED_403);
		assertThat(customerProfiles.delete(Requests.DOMAIN, NOBODY)).isInstanceOf(DeleteOutcome.Unsettled.class);
	}

	@Test
	void passesOnWhyAwsDoesNotDelete() {
		assertThat(customerProfiles.delete("not a name", NOBODY)).isInstanceOfSatisfying(DeleteOutcome.Refused.class,
				refused -> assertThat(refused.errorCode()).isEqualTo("BadRequestException"));
	}

	@Test
	void tellsHowLongACallMayTake() {
		assertThat(customerProfiles.callTimeout()).isEqualTo(Upstream.PATIENCE);
	}

	private List<String> ids(@Nullable Instant from, @Nullable Instant to) {
		return customerProfiles.list(Priority.SWEEP, Requests.DOMAIN, from, to, null)
			.orElseThrow()
			.items()
			.stream()
			.map(RemoteListItem::workflowId)
			.toList();
	}

	private Call lastCall() {
		return aws.calls().all().getLast();
	}

}
