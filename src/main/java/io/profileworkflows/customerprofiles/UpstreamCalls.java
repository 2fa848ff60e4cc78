package io.profileworkflows.customerprofiles;

import java.time.Duration;
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

	private final Circuit looks;

	UpstreamCalls(MeterRegistry meters, Quota quota, UpstreamSettings settings) {
		this.meters = meters;
		this.quota = quota;
		this.patience = settings.callTimeout();
		this.creates = new Circuit("create", settings.circuitOpenFor(), meters);
		this.reads = new Circuit("read", settings.circuitOpenFor(), meters);
		this.looks = new Circuit("look", settings.circuitOpenFor(), meters);
	}

	/** What stops creates while they fail. */
	Circuit creates() {
		return creates;
	}

	/** What stops all other calls while they fail. */
	Circuit reads() {
		return reads;
	}

	CreateOutcome create(Supplier<CreateOutcome> call) {
		var timer = Timer.start(meters);
		var outcome = call.get();
		settle(outcome);
		measure(timer, Operation.CREATE_INTEGRATION_WORKFLOW, switch (outcome) {
			case Created _ -> "created";
			case CreateOutcome.Refused _ -> "refused";
			case NotSent notSent -> name(notSent.cause());
			case CreateOutcome.Unknown _ -> "unknown";
		});
		return outcome;
	}

	<A, T> Optional<T> read(Operation operation, Priority priority, Supplier<CompletableFuture<A>> call,
			Function<A, T> translation) {
		return read(reads, operation, priority, patience, call, translation);
	}

	/**
	 * A read that nothing depends on: its failures stop no other reads, and it waits for
	 * the budget no longer than somebody waits for it.
	 */
	<A, T> Optional<T> look(Operation operation, Deadline deadline, Supplier<CompletableFuture<A>> call,
			Function<A, T> translation) {
		return read(looks, operation, Priority.CALLER, deadline.remaining(), call, translation);
	}

	private <A, T> Optional<T> read(Circuit circuit, Operation operation, Priority priority, Duration longest,
			Supplier<CompletableFuture<A>> call, Function<A, T> translation) {
		begin(circuit, operation, priority, longest);
		var timer = Timer.start(meters);
		try {
			var answer = translation.apply(call.get().join());
			circuit.succeeded();
			measure(timer, operation, "answered");
			return Optional.of(answer);
		}
		catch (RuntimeException failure) {
			var fault = failed(circuit, operation, failure, timer);
			if (fault.kind() == Fault.Kind.NOT_FOUND) {
				return Optional.empty();
			}
			throw new CallFailed(operation.awsName(), fault, failure);
		}
	}

	DeleteOutcome delete(Supplier<CompletableFuture<DeleteWorkflowResponse>> call) {
		var operation = Operation.DELETE_WORKFLOW;
		try {
			begin(reads, operation, Priority.CALLER, patience);
		}
		catch (CallFailed notBegun) {
			return new DeleteOutcome.Unsettled(notBegun.reason(), null, notBegun.retryAfter());
		}
		var timer = Timer.start(meters);
		try {
			var answer = call.get().join();
			reads.succeeded();
			measure(timer, operation, "deleted");
			return new DeleteOutcome.Deleted(Answers.requestId(answer));
		}
		catch (RuntimeException failure) {
			var fault = failed(reads, operation, failure, timer);
			return switch (fault.kind()) {
				case NOT_FOUND -> new DeleteOutcome.Gone(fault.requestId());
				case REFUSED -> new DeleteOutcome.Refused(fault.codeOrKind(), fault.reason(), fault.requestId());
				case THROTTLED, UNREACHABLE, DEADLINE_PASSED, OWN_CREDENTIALS, POINTS_AT_ITSELF, UNKNOWN ->
					new DeleteOutcome.Unsettled(fault.reason(), fault.requestId(), fault.retryAfter());
			};
		}
	}

	private void begin(Circuit circuit, Operation operation, Priority priority, Duration longest) {
		if (!circuit.tryPass()) {
			throw CallFailed.unsent(operation, "Customer Profiles has failed too often; the circuit is open");
		}
		var passed = false;
		try {
			passed = quota.pass(operation, priority, longest);
		}
		finally {
			if (!passed) {
				circuit.giveBack();
			}
		}
		if (!passed) {
			throw CallFailed.unsent(operation, "The budget for this operation was spent on more urgent calls");
		}
	}

	private Fault failed(Circuit circuit, Operation operation, RuntimeException failure, Timer.Sample timer) {
		var fault = Fault.of(failure, Fault.Call.to(operation.awsName()));
		measure(timer, operation, name(fault.kind()));
		if (circuit == looks && fault.kind() == Fault.Kind.OWN_CREDENTIALS) {
			// one thing that we may not see says nothing of the others
			circuit.giveBack();
		}
		else {
			circuit.settle(fault);
		}
		if (fault.kind() == Fault.Kind.THROTTLED) {
			quota.throttled(operation, fault.retryAfter());
		}
		return fault;
	}

	private void settle(CreateOutcome outcome) {
		switch (outcome) {
			case Created _, CreateOutcome.Refused _ -> creates.succeeded();
			case CreateOutcome.Unknown _ -> creates.failed();
			case NotSent notSent -> {
				switch (notSent.cause()) {
					case THROTTLED -> {
						creates.giveBack();
						quota.throttled(Operation.CREATE_INTEGRATION_WORKFLOW, notSent.retryAfter());
					}
					case DEADLINE_PASSED -> creates.giveBack();
					case UNREACHABLE -> creates.failed();
					case OWN_CREDENTIALS, POINTS_AT_ITSELF -> creates.open();
				}
			}
		}
	}

	private void measure(Timer.Sample timer, Operation operation, String outcome) {
		timer.stop(meters.timer("upstream.calls", "operation", operation.awsName(), "outcome", outcome));
	}

	private static String name(Enum<?> outcome) {
		return outcome.name().toLowerCase(Locale.ROOT);
	}

}
