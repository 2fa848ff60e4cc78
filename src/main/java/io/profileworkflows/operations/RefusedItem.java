package io.profileworkflows.operations;

import io.profileworkflows.workflow.WorkflowId;

/**
 * A workflow on which an action could not be carried out, and why.
 */
public record RefusedItem(WorkflowId workflow, String message) {
}
