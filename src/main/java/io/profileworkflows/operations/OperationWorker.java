package io.profileworkflows.operations;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.database.Failure;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.operations.Operations.Item;
import io.profileworkflows.outbox.ClaimLost;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.security.ResourceNotAllowed;
import io.profileworkflows.workflow.ActionImpossible;
import io.profileworkflows.workflow.AdoptionUnconfirmed;
import io.profileworkflows.workflow.FlowNameTaken;
import io.profileworkflows.workflow.WorkflowNotFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

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

	private final MeterRegistry meters;

	OperationWorker(Operations operations, ItemActions actions, Outbox outbox, MeterRegistry meters) {
		this.operations = operations;
		this.actions = actions;
		this.outbox = outbox;
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
	public Result handle(Work work) {
		var id = Operations.idIn(work.subject());
		var begin = System.nanoTime();
		while (System.nanoTime() - begin < TURN.toNanos()) {
			var next = operations.next(id);
			if (next.isEmpty()) {
				return Result.done(() -> operations.finish(id));
			}
			carryOut(work, id, next.get());
		}
		return Result.again(Duration.ZERO);
	}

	private void carryOut(Work work, OperationId id, Item item) {
		try {
			note(work, id, item, () -> actions.lock(item), () -> actions.carryOut(item));
		}
		catch (Overtaken failure) {
			log.debug("Nothing was done with workflow {}", item.workflow(), failure);
		}
		catch (ClaimLost failure) {
			throw failure;
		}
		catch (RuntimeException failure) {
			if (Failure.isOutage(failure)) {
				throw failure;
			}
			refuse(work, id, item, ItemOutcome.refused(reason(failure, item)));
		}
	}

	private void refuse(Work work, OperationId id, Item item, ItemOutcome refusal) {
		try {
			note(work, id, item, () -> true, () -> refusal);
		}
		catch (Overtaken failure) {
			log.debug("Workflow {} is refused no more", item.workflow(), failure);
		}
	}

	/** The change and the note of it, under the claim: all of it, or nothing. */
	private void note(Work work, OperationId id, Item item, Supplier<?> lock, Supplier<ItemOutcome> action) {
		var outcome = outbox.change(work, Duration.ZERO, lock::get, _ -> {
			var came = action.get();
			if (!operations.settle(id, item.position(), came)) {
				throw new Overtaken();
			}
			return came;
		});
		counter(item.action(), Objects.requireNonNull(outcome).kind()).increment();
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

	/** The operation was cancelled meanwhile. */
	private static final class Overtaken extends RuntimeException {

		Overtaken() {
			super("The operation was cancelled", null, false, false);
		}

	}

}
