package io.profileworkflows.operations;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.operations.Operations.Item;
import io.profileworkflows.outbox.Failure;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.security.ResourceNotAllowed;
import io.profileworkflows.workflow.ActionImpossible;
import io.profileworkflows.workflow.AdoptionUnconfirmed;
import io.profileworkflows.workflow.FlowNameTaken;
import io.profileworkflows.workflow.WorkflowNotFound;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries operations out, one workflow after the other. The change of a workflow and the
 * note that it is done are one transaction, under the claim on the operation: whatever
 * dies in between, each workflow is changed once.
 */
@Component
class OperationWorker implements WorkHandler {

	private static final Logger log = LoggerFactory.getLogger(OperationWorker.class);

	/** Operations at the same time. */
	private static final int SLOTS = 2;

	/** Then others have their turn; shorter than any lease. */
	private static final Duration TURN = Duration.ofSeconds(5);

	private final Operations operations;

	private final ItemActions actions;

	private final Outbox outbox;

	private final TransactionTemplate transaction;

	private final MeterRegistry meters;

	OperationWorker(Operations operations, ItemActions actions, Outbox outbox, TransactionTemplate transaction,
			MeterRegistry meters) {
		this.operations = operations;
		this.actions = actions;
		this.outbox = outbox;
		this.transaction = transaction;
		this.meters = meters;
		// there from the first, so that the first one is a change
		for (var action : BulkAction.values()) {
			for (var outcome : ItemOutcome.Kind.values()) {
				counter(action, outcome);
			}
		}
	}

	private Counter counter(BulkAction action, ItemOutcome.Kind outcome) {
		return Counter.builder("operations.items")
			.description("Workflows that operations came to, and what came of it")
			.tag("action", action.name().toLowerCase(Locale.ROOT))
			.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
			.register(meters);
	}

	@Override
	public String kind() {
		return Operations.KIND;
	}

	@Override
	public int slots() {
		return SLOTS;
	}

	@Override
	public Map<String, String> about(Work work) {
		return Map.of("operationId", Operations.idIn(work.subject()).toString());
	}

	@Override
	public void handle(Work work) {
		var id = Operations.idIn(work.subject());
		var begin = System.nanoTime();
		while (System.nanoTime() - begin < TURN.toNanos()) {
			var next = operations.next(id);
			if (next.isEmpty()) {
				finish(work, id);
				return;
			}
			if (!isHeldThrough(work, id, next.get())) {
				return;
			}
		}
		outbox.reschedule(work, Duration.ZERO);
	}

	private void finish(Work work, OperationId id) {
		transaction.executeWithoutResult(_ -> {
			if (outbox.hold(work, Duration.ZERO)) {
				operations.finish(id);
				outbox.finish(work);
			}
		});
	}

	/**
	 * @return false when another replica goes on with the operation
	 */
	private boolean isHeldThrough(Work work, OperationId id, Item item) {
		try {
			return note(work, id, item, () -> actions.carryOut(item));
		}
		catch (RuntimeException failure) {
			if (Failure.isOutage(failure)) {
				throw failure;
			}
			var refusal = ItemOutcome.refused(reason(failure, item));
			return note(work, id, item, () -> refusal);
		}
	}

	/** All of it, or nothing. */
	private boolean note(Work work, OperationId id, Item item, Action action) {
		var outcome = transaction.execute(status -> {
			var came = action.carryOut();
			var isHeld = outbox.hold(work, Duration.ZERO);
			var isNoted = isHeld && operations.settle(id, item.position(), came);
			if (!isNoted) {
				status.setRollbackOnly();
			}
			return new Noted(isHeld, isNoted ? came : null);
		});
		if (outcome.outcome() != null) {
			counter(item.action(), outcome.outcome().kind()).increment();
		}
		return outcome.isHeld();
	}

	/** What the caller would be told who did this to that workflow alone. */
	private static String reason(RuntimeException failure, Item item) {
		return switch (failure) {
			case ActionImpossible _, AdoptionUnconfirmed _, FlowNameTaken _, InvalidDocument _, ResourceNotAllowed _,
					WorkflowNotFound _ ->
				String.valueOf(failure.getMessage());
			default -> {
				log.error("{} of workflow {} failed unexpectedly", item.action(), item.workflow(), failure);
				yield "The service failed; its log says more";
			}
		};
	}

	private interface Action {

		ItemOutcome carryOut();

	}

	private record Noted(boolean isHeld, @Nullable ItemOutcome outcome) {
	}

}
