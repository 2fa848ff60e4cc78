package io.profileworkflows.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The request that work comes from. It is stored with the work, so that its trace and its
 * log lines continue where the work is done: later, in another process, after a crash.
 *
 * @param traceParent W3C trace context
 */
public record Origin(@Nullable String traceParent, @Nullable String requestId) {

	/** Of work that no single request is the reason of. */
	public static final Origin NONE = new Origin(null, null);

}
