package io.profileworkflows.subscriptions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.HexId;
import org.jspecify.annotations.Nullable;

/**
 * A wish to be told of events.
 *
 * @param number in the order in which they were made
 * @param owner tells the caller apart who made it, empty where nobody has to say who they
 * are
 * @param tokenRights null where the owner has no token
 * @param domains names of domains, or patterns of such in which {@code *} stands for any
 * characters
 * @param failures in a row, 0 when the latest delivery went well
 * @param failingSince when the first of them was
 * @param retryIn how long to wait until the next delivery, zero where there is no need to
 * @param slow whether it takes long to answer
 * @param offSince when nothing is sent any more, and why
 */
public record Subscription(UUID id, long number, String name, String url, EventFormat format, List<String> types,
		List<String> domains, String owner, @Nullable TokenRights tokenRights, String createdBy, Instant createdAt,
		int failures, @Nullable Instant failingSince, Duration retryIn, boolean slow, @Nullable Instant offSince,
		@Nullable String offReason) {

	public boolean isOn() {
		return offSince == null;
	}

	/** As names on the wire are: 32 hex digits. */
	public String wireId() {
		return wireId(id);
	}

	static String wireId(UUID id) {
		return HexId.write(id);
	}

	boolean isToEventBus() {
		return TargetUrl.isEventBus(url);
	}

	/**
	 * What the owner may do, as their latest token said.
	 *
	 * @param until when that is not believed any more
	 */
	public record TokenRights(Wildcards domains, Instant until) {
	}

}
