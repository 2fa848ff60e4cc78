package io.profileworkflows.submission;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.WorkKinds;

import org.springframework.stereotype.Component;

/**
 * Creates workflows at AWS. Three short steps, and no transaction around the middle one:
 * no connection is held while AWS takes its time.
 */
@Component
class SubmissionWorker implements WorkHandler {

	private final Settlement settlement;

	private final CustomerProfiles customerProfiles;

	private final SubmissionSettings settings;

	private final MeterRegistry meters;

	SubmissionWorker(Settlement settlement, CustomerProfiles customerProfiles, SubmissionSettings settings,
			MeterRegistry meters) {
		this.settlement = settlement;
		this.customerProfiles = customerProfiles;
		this.settings = settings;
		this.meters = meters;
	}

	@Override
	public String kind() {
		return WorkKinds.SUBMISSION;
	}

	@Override
	public int slots() {
		return settings.slots();
	}

	@Override
	public void handle(Work work) {
		// taken before the commit, so that it ends before the deadline that is written
		// down
		var deadline = Deadline.in(customerProfiles.callTimeout());
		settlement.begin(work).ifPresent(submission -> {
			var outcome = customerProfiles.create(submission.request(), deadline);
			meters.counter("submission.outcomes", "outcome", nameOf(outcome)).increment();
			settlement.settle(work, submission.attempt(), outcome);
		});
	}

	@Override
	public void parked(Work work, String reason) {
		settlement.review(work, reason);
	}

	private static String nameOf(CreateOutcome outcome) {
		return switch (outcome) {
			case CreateOutcome.Created _ -> "created";
			case CreateOutcome.Refused _ -> "refused";
			case CreateOutcome.NotSent _ -> "not_sent";
			case CreateOutcome.Unknown _ -> "unknown";
		};
	}

}
