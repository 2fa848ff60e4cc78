package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a look at the outbox brought.
 *
 * @param nextLook after what time another look is worth it: zero when there may be more,
 * null when only new work or the next poll can bring any
 */
public record Claims(List<Work> works, @Nullable Duration nextLook) {

	public static Claims none() {
		return new Claims(List.of(), null);
	}

	/** Nothing can be claimed until then, whatever is added meanwhile. */
	public static Claims noneFor(Duration time) {
		return new Claims(List.of(), time);
	}

	/** How long no look can bring anything. */
	Duration closedFor() {
		return (works.isEmpty() && nextLook != null) ? nextLook : Duration.ZERO;
	}

	boolean mayBeMore() {
		return nextLook != null && nextLook.isZero();
	}

}
