package io.profileworkflows.workflow;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Says in the log how far workflows come. Not why: reasons may quote what was asked for,
 * and stand in the history.
 */
@Component
class TransitionLog {

	private static final Logger log = LoggerFactory.getLogger(TransitionLog.class);

	@TransactionalEventListener(fallbackExecution = true)
	void on(Transition transition) {
		var line = log.atLevel(level(transition)).addKeyValue("phase", transition.phase());
		if (transition.awsRequestId() != null) {
			line = line.addKeyValue("awsRequestId", transition.awsRequestId());
		}
		try (var _ = LogFields.of(transition.domainName(), transition.workflow())) {
			line.log("Workflow {} is {}", transition.workflow(), transition.phase());
		}
	}

	/** Attempts begin, and are put off, as often as AWS throttles. */
	private static Level level(Transition transition) {
		return switch (transition.phase()) {
			case ACCEPTED -> (transition.before() == null) ? Level.INFO : Level.DEBUG;
			case SUBMITTING -> Level.DEBUG;
			case SUBMITTED, FINISHED, REJECTED, CANCELLED, DELETING, DELETED -> Level.INFO;
			case UNCONFIRMED, NEEDS_REVIEW -> Level.WARN;
		};
	}

}
