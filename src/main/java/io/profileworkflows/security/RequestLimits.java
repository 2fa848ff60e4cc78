package io.profileworkflows.security;

import java.time.Duration;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * Counts what callers ask for, and addresses fail at, in this process. It protects the
 * service from a single caller, so that no replica needs to know of the others.
 */
@Component
class RequestLimits {

	private final Rates requests;

	private final Rates failures;

	RequestLimits(LimitsSettings settings) {
		this.requests = new Rates(settings.burst(), Duration.ofSeconds(1).dividedBy(settings.requestsPerSecond()));
		this.failures = new Rates(settings.failuresPerMinute(),
				Duration.ofMinutes(1).dividedBy(settings.failuresPerMinute()));
	}

	/** Counts a request of a caller, if callers have to say who they are. */
	Optional<Throttled> request(Caller caller) {
		var identity = caller.identity();
		return (identity == null) ? Optional.empty() : throttled(requests.take(identity),
				"%s sends too many requests: slow down, or wait for changes instead of asking".formatted(caller));
	}

	/** Counts a request that did not show who sent it. */
	Optional<Throttled> failure(String address) {
		return throttled(failures.take(address), "Too many requests from here do not show who sends them");
	}

	private static Optional<Throttled> throttled(Duration wait, String message) {
		return wait.isZero() ? Optional.empty() : Optional.of(new Throttled(message, wait));
	}

}
