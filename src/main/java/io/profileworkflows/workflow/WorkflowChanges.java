package io.profileworkflows.workflow;

import jakarta.persistence.PostUpdate;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Notices each change of a workflow, no matter who makes it, and lets others know.
 */
class WorkflowChanges {

	private final ApplicationEventPublisher events;

	WorkflowChanges(ApplicationEventPublisher events) {
		this.events = events;
	}

	@PostUpdate
	void changed(Workflow workflow) {
		events.publishEvent(new WorkflowChanged(workflow.id()));
	}

}
