package io.profileworkflows.submission;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.workflow.Workflow;

/**
 * An attempt that is committed and must now be sent.
 */
record Submission(Workflow workflow, int attempt, CreateIntegrationWorkflow request) {
}
