package io.profileworkflows.subscriptions;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.pauses.PausedDomains;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.subscriptions.WrittenEvents.Kind;
import io.profileworkflows.subscriptions.WrittenEvents.NewEvent;
import io.profileworkflows.workflow.MilestonesReached;
import io.profileworkflows.workflow.MilestonesReached.Reached;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import io.profileworkflows.workflow.web.WorkflowView;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes an event in the transaction of the change that it tells of: both are there, or
 * none is. Its data is what GetWorkflow would answer at that moment, and nothing else.
 */
@Component
class EventWriter {

	private final WrittenEvents written;

	private final EventWork work;

	private final EventMetrics metrics;

	private final ObjectProvider<Workflows> workflows;

	private final Pauses pauses;

	private final Deployment deployment;

	private final JsonMapper json;

	private final Clock clock;

	/**
	 * @param workflows which publish what this listens to
	 */
	EventWriter(WrittenEvents written, EventWork work, EventMetrics metrics, ObjectProvider<Workflows> workflows,
			Pauses pauses, Deployment deployment, JsonMapper json, Clock clock) {
		this.written = written;
		this.work = work;
		this.metrics = metrics;
		this.workflows = workflows;
		this.pauses = pauses;
		this.deployment = deployment;
		this.json = json;
		this.clock = clock;
	}

	/** Asks who wants to know in the same trip to the database that makes the changes. */
	@EventListener
	void on(MilestonesReached milestones) {
		var kinds = milestones.all().stream().map(EventWriter::kind).collect(Collectors.toSet());
		var wanted = written.wanted(milestones.trip(), kinds);
		milestones.trip().afterwards(() -> write(milestones.all(), Set.copyOf(wanted.get())));
	}

	private void write(List<Reached> milestones, Set<Kind> wanted) {
		var reached = milestones.stream().filter(one -> wanted.contains(kind(one))).toList();
		if (reached.isEmpty()) {
			return;
		}
		var found = workflows.getObject().findAll(reached.stream().map(Reached::workflow).distinct().toList());
		var paused = pausesOf(found.values());
		var events = reached.stream()
			.map(one -> event(kind(one), Objects.requireNonNull(found.get(one.workflow())), paused))
			.toList();
		written.add(events, clock.instant().truncatedTo(ChronoUnit.MILLIS));
		TransactionSynchronizationManager.registerSynchronization(new AfterCommit(this, events));
	}

	private static Kind kind(Reached reached) {
		return new Kind(reached.domainName(), EventType.of(reached.milestone()));
	}

	/** Only what is not sent yet is held back by a pause. */
	private PausedDomains pausesOf(Collection<Workflow> found) {
		return found.stream().anyMatch(workflow -> workflow.phase() == Phase.ACCEPTED) ? pauses.now()
				: PausedDomains.NONE;
	}

	private NewEvent event(Kind kind, Workflow workflow, PausedDomains paused) {
		var view = WorkflowView.of(workflow, workflow.heldBy(paused), workflows.getObject().candidatesOf(workflow),
				deployment);
		return new NewEvent(kind, workflow.id().value(), json.writeValueAsString(view));
	}

	private void committed(List<NewEvent> events) {
		events.forEach(event -> metrics.written(event.kind().type()));
		work.hint();
	}

	private record AfterCommit(EventWriter writer, List<NewEvent> events) implements TransactionSynchronization {

		@Override
		public void afterCommit() {
			writer.committed(events);
		}

	}

}
