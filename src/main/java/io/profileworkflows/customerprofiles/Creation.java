package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import io.profileworkflows.customerprofiles.CreateOutcome.Created;
import io.profileworkflows.customerprofiles.CreateOutcome.NotSent;
import io.profileworkflows.customerprofiles.CreateOutcome.Refused;
import io.profileworkflows.customerprofiles.CreateOutcome.Unknown;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpExecutionAttributes;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesAsyncClient;
import software.amazon.awssdk.services.customerprofiles.model.CreateIntegrationWorkflowResponse;

/**
 * One attempt to create a workflow, sent at most once.
 */
class Creation {

	private static final Pattern WORKFLOW_ID = Pattern.compile("[a-f0-9]{32}");

	private final CreateIntegrationWorkflow request;

	private final Deadline deadline;

	private final Duration callTimeout;

	private final Departure departure;

	private final Transmission transmission;

	Creation(CreateIntegrationWorkflow request, Deadline deadline, Departure departure, Duration callTimeout) {
		this.request = request;
		this.deadline = deadline;
		this.callTimeout = callTimeout;
		this.departure = departure;
		this.transmission = new Transmission(deadline, departure);
	}

	/**
	 * Sends it in its turn.
	 * @param departed is told when that has come
	 */
	CreateOutcome sendOn(CustomerProfilesAsyncClient client, Runnable departed) {
		try {
			var timeout = timeout();
			var translated = CreateRequests.of(request)
				.toBuilder()
				.overrideConfiguration(call -> configure(call, timeout))
				.build();
			var call = client.createIntegrationWorkflow(translated);
			depart(call, departed);
			return answered(call.join());
		}
		catch (RuntimeException failure) {
			return failed(Fault.of(failure, new Fault.Call(Operation.CREATE_INTEGRATION_WORKFLOW.awsName(),
					request.roleArn(), transmission.withhold())));
		}
	}

	private void depart(CompletableFuture<?> call, Runnable departed) {
		try {
			if (transmission.depart(call)) {
				departed.run();
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			transmission.refuse(new TurnPassed());
		}
		catch (RuntimeException failure) {
			transmission.refuse(failure);
		}
	}

	private Duration timeout() {
		var remaining = deadline.remaining();
		if (remaining.isZero()) {
			throw new DeadlinePassed();
		}
		return (remaining.compareTo(callTimeout) < 0) ? remaining : callTimeout;
	}

	private void configure(AwsRequestOverrideConfiguration.Builder call, Duration timeout) {
		call.apiCallTimeout(timeout)
			.apiCallAttemptTimeout(timeout)
			.putExecutionAttribute(Transmission.EXECUTION, transmission)
			.putExecutionAttribute(SdkInternalExecutionAttribute.SDK_HTTP_EXECUTION_ATTRIBUTES,
					SdkHttpExecutionAttributes.builder().put(Transmission.HTTP, transmission).build());
	}

	private static CreateOutcome answered(CreateIntegrationWorkflowResponse answer) {
		var requestId = Answers.requestId(answer);
		var workflowId = answer.workflowId();
		if (workflowId == null || !WORKFLOW_ID.matcher(workflowId).matches()) {
			return new Unknown("Customer Profiles answered with status %s but no usable WorkflowId"
				.formatted(answer.sdkHttpResponse().statusCode()), requestId);
		}
		return new Created(workflowId, Reason.of(answer.message(), ""), requestId);
	}

	private CreateOutcome failed(Fault fault) {
		return switch (fault.kind()) {
			case REFUSED, NOT_FOUND -> new Refused(fault.codeOrKind(), fault.reason(), fault.requestId());
			case THROTTLED -> notSent(NotSent.Cause.THROTTLED, fault);
			case UNREACHABLE -> notSent(NotSent.Cause.UNREACHABLE, fault);
			case DEADLINE_PASSED -> notSent(NotSent.Cause.DEADLINE_PASSED, fault);
			case TURN_PASSED -> {
				departure.giveUp();
				yield notSent(NotSent.Cause.TURN_PASSED, fault);
			}
			case OWN_CREDENTIALS -> notSent(NotSent.Cause.OWN_CREDENTIALS, fault);
			case POINTS_AT_ITSELF -> notSent(NotSent.Cause.POINTS_AT_ITSELF, fault);
			case UNKNOWN -> new Unknown(fault.reason(), fault.requestId());
		};
	}

	private static NotSent notSent(NotSent.Cause cause, Fault fault) {
		return new NotSent(cause, fault.reason(), fault.requestId(), fault.retryAfter());
	}

}
