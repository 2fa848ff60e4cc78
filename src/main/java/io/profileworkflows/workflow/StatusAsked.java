package io.profileworkflows.workflow;

/**
 * A caller wants to know how far a workflow is that runs at AWS.
 */
public record StatusAsked(WorkflowId id, String domainName, String remoteWorkflowId) {
}
