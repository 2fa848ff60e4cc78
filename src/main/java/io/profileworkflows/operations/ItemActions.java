package io.profileworkflows.operations;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.profileworkflows.operations.Operations.Item;
import io.profileworkflows.workflow.ActionImpossible;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Retries;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowNotFound;
import io.profileworkflows.workflow.Workflows;
import io.profileworkflows.workflow.web.TagsBody;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Does with one workflow what is to be done with many, in the name of the caller who
 * asked for it and with no more rights than that caller had.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ItemActions {

	private final Workflows workflows;

	private final Retries retries;

	ItemActions(Workflows workflows, Retries retries) {
		this.workflows = workflows;
		this.retries = retries;
	}

	/**
	 * Before the work, as everywhere.
	 * @throws WorkflowNotFound when it is gone
	 */
	Workflow lock(Item item) {
		return workflows.lock(item.workflow());
	}

	/**
	 * @throws WorkflowNotFound when it is gone, or where the caller may not act
	 * @throws RuntimeException as the action on this workflow alone would
	 */
	ItemOutcome carryOut(Item item) {
		var workflow = workflows.lock(item.workflow());
		if (!item.domains().include(workflow.domainName())) {
			throw new ActionImpossible("The caller may not do this in domain " + workflow.domainName());
		}
		return switch (item.action()) {
			case RETRY -> retry(item, workflow);
			case DELETE -> delete(item, workflow);
			case TAG -> tag(item, workflow);
		};
	}

	private ItemOutcome retry(Item item, Workflow workflow) {
		var retry = retries.retry(workflow.domainName(), workflow.id(), item.requestedBy(),
				isConfirmed(item, workflow));
		var made = retry.workflow().id().toString();
		return new ItemOutcome(retry.replayed() ? ItemOutcome.Kind.UNCHANGED : ItemOutcome.Kind.DONE, made);
	}

	private ItemOutcome delete(Item item, Workflow workflow) {
		var before = workflow.phase();
		var isOver = before == Phase.DELETING || before.isOver() || workflow.isDeletionRequested();
		workflows.delete(workflow.domainName(), workflow.id(), item.requestedBy(), isConfirmed(item, workflow));
		return isOver ? ItemOutcome.UNCHANGED : ItemOutcome.DONE;
	}

	private ItemOutcome tag(Item item, Workflow workflow) {
		var isChanged = new AtomicBoolean();
		workflows.retag(workflow.id(), item.requestedBy(), tags -> {
			var before = Map.copyOf(tags);
			tags.keySet().removeAll(item.instructions().removedTags());
			tags.putAll(item.instructions().tags());
			if (tags.size() > TagsBody.MOST) {
				throw new ActionImpossible(
						"The workflow would have %s tags, more than %s".formatted(tags.size(), TagsBody.MOST));
			}
			isChanged.set(!tags.equals(before));
		});
		return isChanged.get() ? ItemOutcome.DONE : ItemOutcome.UNCHANGED;
	}

	private static boolean isConfirmed(Item item, Workflow workflow) {
		return item.instructions().adoptionConfirmed() && item.operatedDomains().include(workflow.domainName());
	}

}
