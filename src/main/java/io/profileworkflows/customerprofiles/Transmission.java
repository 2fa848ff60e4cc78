package io.profileworkflows.customerprofiles;

import java.util.concurrent.atomic.AtomicReference;

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

	Transmission(Deadline deadline) {
		this.deadline = deadline;
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
	 * Says that the content goes out now, unless it is too late for that.
	 */
	void begin() {
		requireInTime();
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
