package io.profileworkflows.search;

import java.util.List;

import io.profileworkflows.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * A page of a search.
 *
 * @param next where the next page begins, or null on the last one
 */
public record WorkflowPage(List<Workflow> workflows, @Nullable Cursor next) {
}
