package io.profileworkflows.submission.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.workflow.Phase;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What came of an operator's decision.
 */
@Schema(name = "DecisionResponse")
record DecisionView(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("Phase") Phase phase) {
}
