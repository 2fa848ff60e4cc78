package io.profileworkflows.workflow.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.preflight.Check;
import io.profileworkflows.preflight.CheckResult;
import io.profileworkflows.preflight.Finding;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check at AWS.
 */
public record FindingView(@JsonProperty("Name") Check name, @JsonProperty("Subject") String subject,
		@JsonProperty("Result") CheckResult result, @JsonProperty("Reason") @Nullable String reason,
		@JsonProperty("Pointer") String pointer) {

	static FindingView of(Finding finding) {
		return new FindingView(finding.check(), finding.subject(), finding.result(), finding.reason(),
				finding.pointer());
	}

}
