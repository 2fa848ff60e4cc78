package io.profileworkflows.customerprofiles;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpExecutionAttribute;

/**
 * The one chance of a request to leave this process. Either it begins in time, or it is
 * withheld for good: that makes "not sent" a fact instead of a guess from an exception.
 */
class Transmission {

	static final ExecutionAttribute<Transmission> EXECUTION = new ExecutionAttribute<>("Transmission");

	static final SdkHttpExecutionAttribute<Transmission> HTTP = new SdkHttpExecutionAttribute<>(Transmission.class) {
	};

	private enum State {

		PENDING, BEGUN, WITHHELD

	}

	private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);

	private final Deadline deadline;

	private final Departure departure;

	/** Done once a connection is there and the HTTP client wants the content. */
	private final CompletableFuture<Void> demanded = new CompletableFuture<>();

	/** Done once the content may go out, or must not. */
	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	Transmission(Deadline deadline, Departure departure) {
		this.deadline = deadline;
		this.departure = departure;
	}

	/**
	 * Gives up when the deadline has passed; a process may have been frozen since it last
	 * looked.
	 */
	void requireInTime() {
		if (deadline.hasPassed()) {
			throw new DeadlinePassed();
		}
	}

	/**
	 * Waits until nothing is missing but the content, and for the turn then: so what it
	 * takes to load classes, to sign and to connect makes no call late.
	 * @param call ends earlier when it fails
	 * @return whether the turn has come, and the content goes out now
	 */
	boolean depart(CompletableFuture<?> call) throws InterruptedException {
		CompletableFuture.anyOf(demanded, call.handle((_, _) -> true)).join();
		if (call.isDone()) {
			return false;
		}
		departure.await(deadline);
		return opened.complete(null);
	}

	/** Keeps back what has not begun yet, and lets the call fail with this. */
	void refuse(RuntimeException reason) {
		withhold();
		opened.completeExceptionally(reason);
	}

	/**
	 * What the HTTP client asks for.
	 * @param release hands out the content
	 * @param refuse tells why there is none
	 */
	void demand(Runnable release, Consumer<Throwable> refuse) {
		opened.whenComplete((_, refusal) -> {
			if (refusal == null) {
				release.run();
			}
			else {
				refuse.accept(refusal);
			}
		});
		demanded.complete(null);
	}

	/**
	 * Says that the content goes out now, unless it is too late for that.
	 */
	void begin() {
		requireInTime();
		departure.requireInTurn();
		if (!state.compareAndSet(State.PENDING, State.BEGUN)) {
			throw new IllegalStateException("The transmission is " + state.get() + " and cannot begin");
		}
	}

	/**
	 * Makes sure that nothing is sent any more.
	 * @return false if it has begun already, so that anything may have been sent
	 */
	boolean withhold() {
		return state.compareAndSet(State.PENDING, State.WITHHELD) || state.get() == State.WITHHELD;
	}

	/**
	 * Looks at the deadline after the request is signed, right before the HTTP client
	 * gets it.
	 */
	static class Check implements ExecutionInterceptor {

		@Override
		public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
			var transmission = attributes.getAttribute(EXECUTION);
			if (transmission != null) {
				transmission.requireInTime();
			}
		}

	}

}
