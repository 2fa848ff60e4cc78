package io.profileworkflows.operations;

import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of an operation.
 *
 * @param position among those that the preview found, from 1
 * @param outcome null where the operation has not come to it
 */
public record OperationItem(int position, WorkflowId workflow, @Nullable ItemOutcome outcome) {
}
