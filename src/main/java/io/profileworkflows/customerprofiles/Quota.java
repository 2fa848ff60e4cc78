package io.profileworkflows.customerprofiles;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * AWS's limit on calls, as those who call feel it.
 */
interface Quota {

	/**
	 * Waits until a call may begin.
	 * @return false if that is not within the given time
	 */
	boolean pass(Operation operation, Priority priority, Duration patience);

	/**
	 * AWS throttled a call.
	 * @param retryAfter how long AWS asked to wait, if it did
	 */
	void throttled(Operation operation, @Nullable Duration retryAfter);

}
