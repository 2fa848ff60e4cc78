package io.profileworkflows.submission;

import java.time.Instant;
import java.time.ZoneOffset;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * After a restore of the database, what was sent since the time of its copy is unknown
 * here. Everything that may have been sent is treated as uncertain, and nothing new is
 * sent until all of it is found again or proved absent. Begun once for each such time, by
 * whichever replica starts first, before any work is done.
 */
@Component
class Recovery implements SmartLifecycle {

	private static final String ACTOR = "recovery";

	private static final Logger log = LoggerFactory.getLogger(Recovery.class);

	private final Workflows workflows;

	private final Settlement settlement;

	private final Outbox outbox;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final SubmissionSettings settings;

	private volatile boolean running;

	Recovery(Workflows workflows, Settlement settlement, Outbox outbox, JdbcClient jdbc,
			TransactionOperations transactions, SubmissionSettings settings) {
		this.workflows = workflows;
		this.settlement = settlement;
		this.outbox = outbox;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.settings = settings;
	}

	@Override
	public void start() {
		running = true;
		var since = settings.recoverySince();
		if (since != null) {
			transactions.executeWithoutResult(_ -> recover(since));
		}
	}

	private void recover(Instant since) {
		var isFirst = jdbc.sql("insert into submission_recovery (since) values (:since) on conflict do nothing")
			.param("since", since.atOffset(ZoneOffset.UTC))
			.update() == 1;
		if (!isFirst) {
			return;
		}
		var uncertain = workflows.inPhases(Phase.ACCEPTED, Phase.SUBMITTING, Phase.UNCONFIRMED);
		uncertain.forEach(workflow -> doubt(workflow, since));
		log.warn("Recovering from a restore of the database to {}: {} workflows may have been sent since", since,
				uncertain.size());
	}

	private void doubt(Workflow workflow, Instant since) {
		var id = workflow.id();
		var locked = workflows.lock(id);
		outbox.cancel(id.toString());
		settlement.doubt(locked, since,
				Cause.of(ACTOR, "The database was restored to %s; it may have been sent since".formatted(since)));
	}

	@Override
	public void stop() {
		running = false;
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	/** Before the outbox begins to be worked off. */
	@Override
	public int getPhase() {
		return 0;
	}

}
