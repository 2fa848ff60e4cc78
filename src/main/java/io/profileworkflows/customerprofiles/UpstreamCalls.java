package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.customerprofiles.CallWatch.Watched;
import io.profileworkflows.customerprofiles.CreateOutcome.Created;
import io.profileworkflows.customerprofiles.CreateOutcome.NotSent;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.customerprofiles.model.DeleteWorkflowResponse;

import org.springframework.stereotype.Component;

/**
 * Makes calls to AWS, waits for them and turns their results into outcomes.
 */
@Component
public class UpstreamCalls {

	private final CallWatch watch;

	private final Quota quota;

	private final Duration patience;

	private final Circuit creates;

	private final Circuit reads;

	private final Circuit deletes;

	private final Circuit looks;

	private final Circuit flows;

	UpstreamCalls(MeterRegistry meters, CallWatch watch, Quota quota, UpstreamSettings settings) {
		this.watch = watch;
		this.quota = quota;
		this.patience = settings.callTimeout();
		this.creates = new Circuit("create", settings.circuitOpenFor(), meters);
		this.reads = new Circuit("read", settings.circuitOpenFor(), meters);
		this.deletes = new Circuit("delete", settings.circuitOpenFor(), meters);
		this.looks = new Circuit("look", settings.circuitOpenFor(), meters);
		this.flows = new Circuit("appflow", settings.circuitOpenFor(), meters);
	}

	/** What stops creates while they fail. */
	Circuit creates() {
		return creates;
	}

	/** What stops reads while they fail. */
	Circuit reads() {
		return reads;
	}

	/**
	 * Sends a create.
	 * @param call is given what to run when its turn has come: the wait for that is none
	 * of AWS's
	 */
	CreateOutcome create(Function<Runnable, CreateOutcome> call) {
		try (var watched = watch.begin(Operation.CREATE_INTEGRATION_WORKFLOW)) {
			var outcome = call.apply(watched::departed);
			settle(outcome);
			switch (outcome) {
				case Created created -> watched.succeeded("created", created.requestId());
				case CreateOutcome.Refused refused ->
					watched.failed(Fault.Kind.REFUSED, refused.errorCode(), refused.requestId());
				case NotSent notSent -> watched.failed(notSent.cause(), null, notSent.requestId());
				case CreateOutcome.Unknown unknown -> watched.failed(Fault.Kind.UNKNOWN, null, unknown.requestId());
			}
			return outcome;
		}
	}

	<A extends AwsResponse, T> Optional<T> read(Operation operation, Priority priority,
			Supplier<CompletableFuture<A>> call, Function<A, T> translation) {
		begin(reads, operation, priority, patience);
		try (var watched = watch.begin(operation)) {
			return answered(reads, operation, watched, call, translation);
		}
	}

	/**
	 * A read that nothing depends on: its failures stop no other reads, and it waits for
	 * the budget no longer than somebody waits for it.
	 */
	<A extends AwsResponse, T> Optional<T> look(Operation operation, Deadline deadline,
			Supplier<CompletableFuture<A>> call, Function<A, T> translation) {
		begin(looks, operation, Priority.CALLER, deadline.remaining());
		try (var watched = watch.begin(operation)) {
			return answered(looks, operation, watched, call, translation);
		}
	}

	/**
	 * A call of AppFlow, which has a budget and a circuit of its own.
	 * @param patience how long it may wait for the budget
	 * @return empty if AppFlow does not know what it was asked for
	 * @throws CallFailed if it gave no answer to use
	 */
	public <A extends AwsResponse, T> Optional<T> appFlow(Operation operation, Priority priority, Duration patience,
			Supplier<CompletableFuture<A>> call, Function<A, T> translation) {
		begin(flows, operation, priority, patience);
		try (var watched = watch.begin(operation)) {
			return answered(flows, operation, watched, call, translation);
		}
	}

	private <A extends AwsResponse, T> Optional<T> answered(Circuit circuit, Operation operation, Watched watched,
			Supplier<CompletableFuture<A>> call, Function<A, T> translation) {
		try {
			var answer = call.get().join();
			var translated = translation.apply(answer);
			circuit.succeeded();
			watched.succeeded("answered", Answers.requestId(answer));
			return Optional.of(translated);
		}
		catch (RuntimeException failure) {
			var fault = failed(circuit, operation, failure, watched);
			if (fault.kind() == Fault.Kind.NOT_FOUND) {
				return Optional.empty();
			}
			throw new CallFailed(operation.awsName(), fault, failure);
		}
	}

	DeleteOutcome delete(Supplier<CompletableFuture<DeleteWorkflowResponse>> call) {
		var operation = Operation.DELETE_WORKFLOW;
		try {
			begin(deletes, operation, Priority.CALLER, patience);
		}
		catch (CallFailed failure) {
			return new DeleteOutcome.Unsettled(failure.reason(), null, failure.retryAfter());
		}
		try (var watched = watch.begin(operation)) {
			return deleted(operation, watched, call);
		}
	}

	private DeleteOutcome deleted(Operation operation, Watched watched,
			Supplier<CompletableFuture<DeleteWorkflowResponse>> call) {
		try {
			var requestId = Answers.requestId(call.get().join());
			deletes.succeeded();
			watched.succeeded("deleted", requestId);
			return new DeleteOutcome.Deleted(requestId);
		}
		catch (RuntimeException failure) {
			var fault = failed(deletes, operation, failure, watched);
			return switch (fault.kind()) {
				case NOT_FOUND -> new DeleteOutcome.Gone(fault.requestId());
				case REFUSED -> new DeleteOutcome.Refused(fault.codeOrKind(), fault.reason(), fault.requestId());
				case THROTTLED, UNREACHABLE, DEADLINE_PASSED, TURN_PASSED, OWN_CREDENTIALS, POINTS_AT_ITSELF, UNKNOWN ->
					new DeleteOutcome.Unsettled(fault.reason(), fault.requestId(), fault.retryAfter());
			};
		}
	}

	private void begin(Circuit circuit, Operation operation, Priority priority, Duration longest) {
		if (!circuit.tryPass()) {
			throw CallFailed.unsent(operation, operation.api().title() + " has failed too often; the circuit is open");
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

	private Fault failed(Circuit circuit, Operation operation, RuntimeException failure, Watched watched) {
		var fault = Fault.of(failure, Fault.Call.to(operation));
		watched.failed(fault.kind(), fault.code(), fault.requestId());
		if ((circuit == looks || circuit == flows) && fault.kind() == Fault.Kind.OWN_CREDENTIALS) {
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
					case DEADLINE_PASSED, TURN_PASSED -> creates.giveBack();
					case UNREACHABLE -> creates.failed();
					case OWN_CREDENTIALS, POINTS_AT_ITSELF -> creates.open();
				}
			}
		}
	}

}
