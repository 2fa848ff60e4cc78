package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The result of one look at the outbox.
 *
 * @param nextLook after what time another look is worth it: zero when there may be more,
 * null when only new work or the next poll can bring any. Where nothing was claimed, work
 * that is added meanwhile makes no difference
 */
public record Claims(List<ClaimedTask> tasks, @Nullable Duration nextLook) {

	public static Claims none() {
		return new Claims(List.of(), null);
	}

	/** Nothing can be claimed until then, whatever is added meanwhile. */
	public static Claims noneFor(Duration time) {
		return new Claims(List.of(), time);
	}

	/** Whether nothing can be claimed until the next look. */
	boolean areClosed() {
		return tasks.isEmpty() && nextLook != null && nextLook.isPositive();
	}

	boolean mayBeMore() {
		return nextLook != null && nextLook.isZero();
	}

}
