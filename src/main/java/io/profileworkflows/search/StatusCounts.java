package io.profileworkflows.search;

import java.util.Map;

import io.profileworkflows.workflow.Status;

/**
 * How many of the workflows that a search finds have each status.
 *
 * @param complete false when there are more than are counted
 */
public record StatusCounts(Map<Status, Long> byStatus, boolean complete) {
}
