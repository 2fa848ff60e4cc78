package io.profileworkflows.operations;

import io.profileworkflows.search.WorkflowQuery;

/**
 * What a caller wants to do with all workflows that a search finds.
 *
 * @param filter as the caller wrote it
 * @param query where the caller may act, and nowhere else
 */
public record BulkOrder(BulkAction action, WorkflowQuery query, String filter, Instructions instructions) {
}
