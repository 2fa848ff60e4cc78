package io.profileworkflows.subscriptions;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What came of one try to deliver an event.
 *
 * @param status of the answer, if there was one
 * @param text the first kilobyte of the answer
 * @param failure why it counts as not delivered, null where it is
 * @param retryAfter what the subscriber wishes
 */
record DeliveryAnswer(@Nullable Integer status, @Nullable String text, @Nullable String failure,
		@Nullable Duration retryAfter, Duration took) {

	private static final int GONE = 410;

	static DeliveryAnswer failed(String why, Duration took) {
		return new DeliveryAnswer(null, null, why, null, took);
	}

	static DeliveryAnswer notSent(String why) {
		return failed("Nothing was sent: " + why, Duration.ZERO);
	}

	boolean isDelivered() {
		return failure == null;
	}

	/** The subscriber says that it wants nothing any more. */
	boolean isGone() {
		return status != null && status == GONE;
	}

}
