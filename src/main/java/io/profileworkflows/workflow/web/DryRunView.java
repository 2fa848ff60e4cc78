package io.profileworkflows.workflow.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.Violation;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What would be said of a request, without taking it on.
 */
@Schema(name = "DryRunResponse")
record DryRunView(@JsonProperty("Violations") List<Violation> violations,
		@JsonProperty("Warnings") List<Violation> warnings) {

	static DryRunView of(Checked<?> checked) {
		return new DryRunView(checked.violations(), checked.warnings());
	}

}
