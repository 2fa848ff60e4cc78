package io.profileworkflows.submission;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.workflow.WorkflowId;

/**
 * An attempt that is committed and must now be sent.
 */
record Submission(WorkflowId workflow, int attempt, CreateIntegrationWorkflow request) {
}
