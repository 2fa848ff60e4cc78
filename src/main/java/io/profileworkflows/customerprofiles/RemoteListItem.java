package io.profileworkflows.customerprofiles;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A workflow as a listing shows it.
 *
 * @param status as AWS sent it, be it known to the SDK or not
 */
public record RemoteListItem(String workflowId, String status, @Nullable String statusDescription,
		@Nullable Instant createdAt, @Nullable Instant lastUpdatedAt) {
}
