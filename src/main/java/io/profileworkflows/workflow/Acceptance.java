package io.profileworkflows.workflow;

/**
 * The answer to a request: the workflow that was made for it now or before.
 */
public record Acceptance(Workflow workflow, boolean replayed) {
}
