package io.profileworkflows.workflow.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.preflight.Finding;

/**
 * What would be said of a request, without taking it on.
 */
record DryRunView(@JsonProperty("Acceptable") boolean acceptable,
		@JsonProperty("Violations") List<Violation> violations, @JsonProperty("Warnings") List<Violation> warnings,
		@JsonProperty("Findings") List<FindingView> findings) {

	static DryRunView of(Checked<?> checked, List<Finding> findings) {
		return new DryRunView(checked.isValid() && findings.stream().noneMatch(Finding::isDecisive),
				checked.violations(), checked.warnings(), findings.stream().map(FindingView::of).toList());
	}

}
