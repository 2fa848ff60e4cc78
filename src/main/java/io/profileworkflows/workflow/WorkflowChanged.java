package io.profileworkflows.workflow;

/**
 * Something about a workflow has changed. Published in the transaction that changes it,
 * once for each statement that does.
 */
public record WorkflowChanged(WorkflowId id) {
}
