package io.profileworkflows.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.profileworkflows.workflow.TrackedWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * A span of creation times to be listed. What runs is listed in one go, unless there is
 * so much in between that has ended that it would fill a page: one workflow that runs for
 * months must not cost the listing of all that came since.
 *
 * @param to null for all that follows
 */
record Window(Instant from, @Nullable Instant to) {

	/** How far AWS's clock may be from ours. */
	static final Duration SKEW = Duration.ofMinutes(5);

	/**
	 * How long after it was submitted a second one may turn up, of a request that was
	 * delayed.
	 */
	static final Duration LATE = Duration.ofMinutes(15);

	private static final int PAGE = 100;

	/**
	 * @param running at least one, the oldest first
	 */
	static List<Window> over(List<TrackedWorkflow> running) {
		var windows = new ArrayList<Window>();
		var from = running.getFirst().createdAt().minus(SKEW);
		var to = from;
		for (var workflow : running) {
			var begin = workflow.createdAt().minus(SKEW);
			if (workflow.endedBefore() > PAGE && begin.isAfter(to)) {
				windows.add(new Window(from, to));
				from = begin;
			}
			var end = workflow.submittedAt().plus(LATE);
			to = end.isAfter(to) ? end : to;
		}
		windows.add(new Window(from, null));
		return windows;
	}

}
