package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Remembers the workflows that AWS cannot show although it answers, so that they do not
 * block what is known of others. A single failure may pass. A workflow that fails again
 * and again is left out and tried again only now and then.
 */
@Component
public class Unreadable {

	private static final Logger log = LoggerFactory.getLogger(Unreadable.class);

	/** For how long one has to fail before it is left out. */
	static final Duration PASSING = Duration.ofMinutes(2);

	/** Between two tries at one that is left out. */
	static final Duration REST = Duration.ofMinutes(5);

	private static final int MOST_REMEMBERED = 10_000;

	private final Ticker ticker;

	/** By AWS's id. */
	private final Cache<String, Long> failingSince;

	private final Cache<String, Boolean> resting;

	public Unreadable() {
		this(Ticker.systemTicker());
	}

	Unreadable(Ticker ticker) {
		this.ticker = ticker;
		this.failingSince = Caffeine.newBuilder()
			.ticker(ticker)
			.maximumSize(MOST_REMEMBERED)
			.expireAfterAccess(REST.multipliedBy(2))
			.build();
		this.resting = Caffeine.newBuilder().ticker(ticker).maximumSize(MOST_REMEMBERED).expireAfterWrite(REST).build();
	}

	/** Whether one need not be asked for now. */
	public boolean isResting(String workflowId) {
		return resting.getIfPresent(workflowId) != null;
	}

	/**
	 * Asks AWS about a workflow, unless it is left out.
	 * @return nothing when it is left out, from now on or already
	 * @throws CallFailed when AWS gave no answer, unless it has failed to show this one
	 * for long
	 */
	public <T> Optional<T> ask(String workflowId, Supplier<T> question) {
		if (isResting(workflowId)) {
			return Optional.empty();
		}
		try {
			var answer = question.get();
			answered(workflowId);
			return Optional.of(answer);
		}
		catch (CallFailed failure) {
			if (!failure.mayConcernItAlone() || !failed(workflowId)) {
				throw failure;
			}
			log.warn("Workflow {} at Customer Profiles cannot be read: {}", workflowId, failure.getMessage());
			return Optional.empty();
		}
	}

	/**
	 * AWS has failed to show one.
	 * @return whether it is to be left out from now on
	 */
	boolean failed(String workflowId) {
		long since = failingSince.get(workflowId, _ -> ticker.read());
		if (ticker.read() - since < PASSING.toNanos()) {
			return false;
		}
		resting.put(workflowId, true);
		return true;
	}

	/** AWS has shown one, or said that there is none. */
	void answered(String workflowId) {
		failingSince.invalidate(workflowId);
	}

}
