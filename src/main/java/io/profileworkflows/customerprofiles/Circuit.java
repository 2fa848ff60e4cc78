package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops calls for a while when they fail too often, and lets one through then to see. A
 * call that AWS throttled says nothing about AWS's health.
 */
class Circuit {

	private static final Logger log = LoggerFactory.getLogger(Circuit.class);

	private static final int WINDOW = 20;

	private static final int LEAST_CALLS = 5;

	private static final float FAILURE_RATE = 60;

	private final CircuitBreaker breaker;

	Circuit(String purpose, Duration openFor, MeterRegistry meters) {
		this.breaker = CircuitBreaker.of(purpose,
				CircuitBreakerConfig.custom()
					.slidingWindowSize(WINDOW)
					.minimumNumberOfCalls(LEAST_CALLS)
					.failureRateThreshold(FAILURE_RATE)
					.waitDurationInOpenState(openFor)
					.permittedNumberOfCallsInHalfOpenState(1)
					.maxWaitDurationInHalfOpenState(openFor.multipliedBy(10))
					.build());
		breaker.getEventPublisher()
			.onStateTransition(change -> log.warn("The circuit for {} calls to AWS is {}", purpose,
					change.getStateTransition().getToState()));
		Gauge.builder("upstream.circuit.open", this, circuit -> circuit.isOpen() ? 1 : 0)
			.description("1 while calls are stopped because too many failed")
			.tag("purpose", purpose)
			.register(meters);
	}

	boolean isOpen() {
		return breaker.getState() == CircuitBreaker.State.OPEN;
	}

	/**
	 * Takes leave for one call, which has to be given back, or settled as succeeded or
	 * failed.
	 */
	boolean tryPass() {
		return breaker.tryAcquirePermission();
	}

	void giveBack() {
		breaker.releasePermission();
	}

	void succeeded() {
		breaker.onSuccess(0, TimeUnit.NANOSECONDS);
	}

	void settle(Fault fault) {
		switch (fault.kind()) {
			case REFUSED, NOT_FOUND -> succeeded();
			case THROTTLED, DEADLINE_PASSED, TURN_PASSED -> giveBack();
			case UNREACHABLE, UNKNOWN -> failed();
			case OWN_CREDENTIALS, POINTS_AT_ITSELF -> open();
		}
	}

	void failed() {
		breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("No answer to rely on"));
	}

	/** More of the same would fail alike, until somebody mends our access. */
	void open() {
		failed();
		if (!isOpen()) {
			breaker.transitionToOpenState();
		}
	}

}
