package io.profileworkflows.workflow;

import jakarta.persistence.PostUpdate;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Notices each change of a workflow, whoever makes it, and tells those who watch of it
 * once it is committed: in this process, and in the others.
 */
class WorkflowChanges {

	private final Watchers watchers;

	private final ChangeNotices notices;

	WorkflowChanges(Watchers watchers, ChangeNotices notices) {
		this.watchers = watchers;
		this.notices = notices;
	}

	@PostUpdate
	void changed(Workflow workflow) {
		TransactionSynchronizationManager.registerSynchronization(new AfterCommit(this, workflow.id()));
	}

	private void committed(WorkflowId workflow) {
		watchers.mayHaveChanged(workflow);
		notices.send(workflow);
	}

	/**
	 * Being equal for equal workflows, at most one for each in a transaction.
	 */
	private record AfterCommit(WorkflowChanges changes, WorkflowId workflow) implements TransactionSynchronization {

		@Override
		public void afterCommit() {
			changes.committed(workflow);
		}

	}

}
