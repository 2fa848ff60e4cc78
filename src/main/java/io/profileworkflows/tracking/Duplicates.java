package io.profileworkflows.tracking;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.customerprofiles.Sighting;
import io.profileworkflows.customerprofiles.Sightings;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.LogFields;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Keeps an eye on workflows at AWS that nobody here holds: one that carries the FlowName
 * of a workflow that is held under another id is a duplicate after all. It is shown, and
 * never deleted by itself.
 */
@Component
class Duplicates {

	private static final Logger log = LoggerFactory.getLogger(Duplicates.class);

	/** Most of them read for one page of a listing, since others may make many. */
	private static final int MOST_READ = 5;

	private final Workflows workflows;

	private final Sightings sightings;

	private final Counter duplicates;

	Duplicates(Workflows workflows, Sightings sightings, MeterRegistry meters) {
		this.workflows = workflows;
		this.sightings = sightings;
		// there from the start: a counter that begins with its first increment never
		// increases
		this.duplicates = Counter.builder("submission.duplicates")
			.description("Workflows at Customer Profiles that nobody asked for a second time")
			.register(meters);
	}

	void watch(String domainName, List<RemoteListItem> items, Deadline deadline) {
		var held = workflows.heldAmong(items.stream().map(RemoteListItem::workflowId).toList());
		var unheld = items.stream().filter(item -> !held.contains(item.workflowId())).toList();
		if (!unheld.isEmpty()) {
			sightings.look(Priority.SWEEP, domainName, unheld, MOST_READ, deadline).forEach(this::compare);
		}
	}

	private void compare(Sighting sighting) {
		var known = workflows.knownBeginningsOf(sighting.flowNames());
		// a name may be reserved for a workflow that is kept no longer
		longest(known).flatMap(workflows::find)
			.filter(workflow -> isAlike(sighting, workflow))
			.ifPresent(workflow -> note(sighting, workflow));
	}

	private static Optional<WorkflowId> longest(Map<String, WorkflowId> known) {
		return known.entrySet()
			.stream()
			.max(Comparator.comparingInt(entry -> entry.getKey().length()))
			.map(Map.Entry::getValue);
	}

	private static boolean isAlike(Sighting sighting, Workflow workflow) {
		return sighting.flowNames().contains(workflow.flowName()) || workflow.roleArn().equals(sighting.roleArn())
				&& workflow.connectorType().equals(sighting.connectorType());
	}

	private void note(Sighting sighting, Workflow workflow) {
		var cause = Cause.of("tracking", "Customer Profiles also has %s with its FlowName, which nobody here asked for"
			.formatted(sighting.workflowId()));
		if (workflows.noteDuplicate(workflow.id(), sighting.workflowId(), cause)) {
			duplicates.increment();
			try (var _ = LogFields.of(workflow.domainName(), workflow.id())) {
				log.error("Workflow {} has a duplicate at Customer Profiles: {}", workflow.id(), sighting.workflowId());
			}
		}
	}

}
