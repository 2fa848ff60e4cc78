package io.profileworkflows.workflow;

import java.util.function.Consumer;

/**
 * A transition of a workflow that is locked, and why.
 */
public record Change(Workflow workflow, Cause cause, Consumer<Workflow> transition) {
}
