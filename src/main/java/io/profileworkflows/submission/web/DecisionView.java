package io.profileworkflows.submission.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.workflow.Phase;

/**
 * What came of an operator's decision.
 */
record DecisionView(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("Phase") Phase phase) {
}
