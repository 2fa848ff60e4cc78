package io.profileworkflows.workflow;

/**
 * Something about a workflow has changed. It is published once for each statement, in the
 * transaction that changes the workflow.
 */
public record WorkflowChanged(WorkflowId id) {
}
