package io.profileworkflows.database;

import java.time.Duration;

import org.slf4j.Logger;

/**
 * Logs an outage once when it begins and once when it is over, and says how long to wait
 * before the next try. For one thread at a time.
 */
public class Outage {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private final Logger log;

	private final String what;

	private Duration pause = Duration.ZERO;

	/**
	 * @param what what cannot be done meanwhile
	 */
	public Outage(Logger log, String what) {
		this.log = log;
		this.what = what;
	}

	/**
	 * @return how long to wait before the next try
	 */
	public Duration noticed(Throwable failure) {
		if (pause.isZero()) {
			log.warn("{} broke off, and is tried again until it succeeds: {}", what, Failure.reason(failure));
			log.debug("{} broke off", what, failure);
			pause = FIRST_PAUSE;
		}
		else if (pause.compareTo(LONGEST_PAUSE) < 0) {
			pause = pause.multipliedBy(2);
		}
		return pause;
	}

	public void over() {
		if (pause.isPositive()) {
			log.info("{} works again", what);
			pause = Duration.ZERO;
		}
	}

}
