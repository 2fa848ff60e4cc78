package io.profileworkflows.workflow.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.integration.Batch;
import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.ImportSince;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.preflight.Finding;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a dry run.
 */
public record DryRunView(@JsonProperty("Acceptable") boolean acceptable,
		@JsonProperty("Violations") List<Violation> violations, @JsonProperty("Warnings") List<Violation> warnings,
		@JsonProperty("Findings") List<FindingView> findings,
		@JsonProperty("Batches") @Nullable List<BatchView> batches) {

	/**
	 * @param importSince null where no batches are computed
	 */
	static DryRunView of(Checked<CreateIntegrationWorkflow> checked, List<Finding> findings,
			@Nullable ImportSince importSince) {
		return new DryRunView(checked.isValid() && findings.stream().noneMatch(Finding::isDecisive),
				checked.violations(), checked.warnings(), findings.stream().map(FindingView::of).toList(),
				computed(checked.value(), importSince));
	}

	/** Of one of many, whose batches are told apart. */
	public static DryRunView of(List<Violation> violations, List<Violation> warnings, List<Finding> findings) {
		return new DryRunView(violations.isEmpty() && findings.stream().noneMatch(Finding::isDecisive), violations,
				warnings, findings.stream().map(FindingView::of).toList(), null);
	}

	private static @Nullable List<BatchView> computed(@Nullable CreateIntegrationWorkflow request,
			@Nullable ImportSince importSince) {
		return (request != null && importSince != null && importSince.hasFilled(request))
				? importSince.batches().stream().map(BatchView::of).toList() : null;
	}

	/**
	 * A batch that was computed.
	 */
	public record BatchView(@JsonProperty("StartTime") BigDecimal startTime,
			@JsonProperty("EndTime") BigDecimal endTime) {

		public static BatchView of(Batch batch) {
			return new BatchView(EpochSeconds.of(batch.startTime()), EpochSeconds.of(batch.endTime()));
		}

	}

}
