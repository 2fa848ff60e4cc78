package io.profileworkflows.workflow;

/**
 * The answer to a request: a workflow made for it, or the one that it asked for before.
 */
public record Acceptance(Workflow workflow, boolean replayed) {
}
