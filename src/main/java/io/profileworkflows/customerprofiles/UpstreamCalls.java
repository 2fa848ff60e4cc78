package io.profileworkflows.customerprofiles;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import software.amazon.awssdk.services.customerprofiles.model.DeleteWorkflowResponse;

import org.springframework.stereotype.Component;

import io.profileworkflows.customerprofiles.CreateOutcome.Created;
import io.profileworkflows.customerprofiles.CreateOutcome.NotSent;

/**
 * Waits for calls, says what came of them, and measures them as
 * {@code upstream.calls{operation,outcome}}.
 */
@Component
class UpstreamCalls {

	private final MeterRegistry meters;

	private final Quota quota;

	private final Duration patience;

	private final Circuit creates;

	private final Circuit reads;

	UpstreamCalls(MeterRegistry meters, Quota quota, UpstreamSettings settings) {
		this.meters = meters;
		this.quota = quota;
		this.patience = settings.callTimeout();
		this.creates = new Circuit("create", settings.circuitOpenFor(), meters);
		this.reads = new Circuit("read", settings.circuitOpenFor(), meters);
	}

	/** What stops creates while they fail. */
	Circuit creates() {
		return creates;
	}

	CreateOutcome create(Supplier<CreateOutcome> call) {
		var timer = Timer.start(meters);
		var outcome = call.get();
		settle(outcome);
		measure(timer, Creation.OPERATION, switch (outcome) {
			case Created _ -> "created";
			case CreateOutcome.Refused _ -> "refused";
			case NotSent notSent -> name(notSent.cause());
			case CreateOutcome.Unknown _ -> "unknown";
		});
		return outcome;
	}

	<A, T> Optional<T> read(String operation, Supplier<CompletableFuture<A>> call, Function<A, T> translation) {
		var timer = Timer.start(meters);
		try {
			var answer = translation.apply(call.get().join());
			measure(timer, operation, "answered");
			return Optional.of(answer);
		}
		catch (RuntimeException failure) {
			var fault = Fault.of(failure, Fault.Call.to(operation));
			measure(timer, operation, name(fault.kind()));
			if (fault.kind() == Fault.Kind.NOT_FOUND) {
				return Optional.empty();
			}
			throw new CallFailed(operation, fault, failure);
		}
	}

	DeleteOutcome delete(Supplier<CompletableFuture<DeleteWorkflowResponse>> call) {
		var operation = "DeleteWorkflow";
		var timer = Timer.start(meters);
		try {
			var answer = call.get().join();
			measure(timer, operation, "deleted");
			return new DeleteOutcome.Deleted(Answers.requestId(answer));
		}
		catch (RuntimeException failure) {
			var fault = Fault.of(failure, Fault.Call.to(operation));
			measure(timer, operation, name(fault.kind()));
			return switch (fault.kind()) {
				case NOT_FOUND -> new DeleteOutcome.Gone(fault.requestId());
				case REFUSED -> new DeleteOutcome.Refused(fault.codeOrKind(), fault.reason(), fault.requestId());
				case THROTTLED, UNREACHABLE, DEADLINE_PASSED, OWN_CREDENTIALS, POINTS_AT_ITSELF, UNKNOWN ->
					new DeleteOutcome.Unsettled(fault.reason(), fault.requestId(), fault.retryAfter());
			};
		}
	}

	private void measure(Timer.Sample timer, String operation, String outcome) {
		timer.stop(meters.timer("upstream.calls", "operation", operation, "outcome", outcome));
	}

	private static String name(Enum<?> outcome) {
		return outcome.name().toLowerCase(Locale.ROOT);
	}

}
