package io.profileworkflows.flows;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.workflow.WorkKinds;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sees to it that the sweep is in the outbox, once for the whole account.
 */
@Component
class FlowWork {

	private final Outbox outbox;

	private final TransactionOperations transactions;

	private final FlowsSettings settings;

	private final boolean works;

	/**
	 * Only a replica that works adds work for itself.
	 */
	FlowWork(Outbox outbox, TransactionOperations transactions, FlowsSettings settings,
			@Value("${profile-workflows.outbox.work}") boolean works) {
		this.outbox = outbox;
		this.transactions = transactions;
		this.settings = settings;
		this.works = works;
	}

	@EventListener(ApplicationReadyEvent.class)
	void begin() {
		if (settings.enabled() && works) {
			hasten();
		}
	}

	/** Lets the next sweep begin at once. */
	void hasten() {
		transactions.executeWithoutResult(_ -> outbox.addOrHasten(WorkKinds.FLOWS, WorkKinds.FLOWS, Work.ALL_DOMAINS));
	}

}
