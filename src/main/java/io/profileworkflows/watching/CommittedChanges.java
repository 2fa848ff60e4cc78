package io.profileworkflows.watching;

import io.profileworkflows.workflow.WorkflowChanged;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells those who watch a workflow that it may have changed, once the change is
 * committed: those of this process directly, those of the others by a notice.
 */
@Component
class CommittedChanges {

	private final Watchers watchers;

	private final ChangeNotices notices;

	CommittedChanges(Watchers watchers, ChangeNotices notices) {
		this.watchers = watchers;
		this.notices = notices;
	}

	@TransactionalEventListener
	void on(WorkflowChanged changed) {
		watchers.mayHaveChanged(changed.id());
		notices.send(changed.id());
	}

}
