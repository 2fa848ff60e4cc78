package io.profileworkflows.threads;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.stereotype.Component;

/**
 * Ends the process when its orderly shutdown does not come to an end: a hook that waits
 * for a lock that nobody gives back would keep the JVM from ending for good. Both phases
 * of a shutdown have their time before that: work under way, and then requests.
 */
@Component
class ShutdownDeadline implements DisposableBean {

	/** What {@code timeout} ends with, too. */
	static final int EXIT_CODE = 124;

	private static final int PHASES = 2;

	/** For all that has no time of its own, such as closing the pool. */
	private static final Duration REST = Duration.ofSeconds(5);

	private final long nanos;

	private final Thread hook;

	ShutdownDeadline(LifecycleProperties lifecycle) {
		this.nanos = lifecycle.getTimeoutPerShutdownPhase().multipliedBy(PHASES).plus(REST).toNanos();
		// made now, since a class may be what the shutdown waits for
		var watch = PlatformThreads.unstarted("shutdown-deadline", this::halt);
		this.hook = PlatformThreads.unstarted("shutdown-begins", watch::start);
		Runtime.getRuntime().addShutdownHook(hook);
	}

	private void halt() {
		var begin = System.nanoTime();
		for (var left = nanos; left > 0; left = nanos - (System.nanoTime() - begin)) {
			LockSupport.parkNanos(left);
		}
		Runtime.getRuntime().halt(EXIT_CODE);
	}

	@Override
	public void destroy() {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException _) {
			// then the deadline has begun, and stays
		}
	}

}
