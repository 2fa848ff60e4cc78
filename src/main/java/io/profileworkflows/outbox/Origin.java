package io.profileworkflows.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The request that work comes from, kept with the work, so that its trace and its lines
 * in the log go on where the work is done: later, in another process, after a crash.
 *
 * @param traceParent W3C trace context
 */
public record Origin(@Nullable String traceParent, @Nullable String requestId) {

	/** Of work that no single request is the reason of. */
	public static final Origin NONE = new Origin(null, null);

}
