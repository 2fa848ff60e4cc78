package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * How long callers wait from the answer that their request is accepted until AWS has the
 * workflow, whatever lies between: the queue, the budget, pauses, doubts, people.
 */
@Component
class SubmissionTimes {

	private final Timer times;

	private final Clock clock;

	SubmissionTimes(Clock clock, MeterRegistry meters) {
		this.clock = clock;
		this.times = Timer.builder("workflows.submitted")
			.description("Workflows that AWS has, and how long after they were accepted")
			.register(meters);
	}

	@TransactionalEventListener(fallbackExecution = true)
	void on(Transition transition) {
		if (transition.isSubmission()) {
			var time = Duration.between(transition.acceptedAt(), clock.instant());
			// another replica accepted it, by its own clock
			times.record(time.isNegative() ? Duration.ZERO : time);
		}
	}

}
