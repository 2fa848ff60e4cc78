package io.profileworkflows.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a search.
 *
 * @param next where the next page begins, or null on the last one
 */
public record WorkflowPage(List<Workflow> workflows, @Nullable Cursor next) {
}
