package io.profileworkflows.workflow;

import java.util.Map;

/**
 * How many of the workflows that a search finds have each status.
 *
 * @param complete false when there are more than are counted
 */
public record StatusCounts(Map<Status, Long> byStatus, boolean complete) {
}
