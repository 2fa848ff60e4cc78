package io.profileworkflows.flows;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.FlowState;
import org.jspecify.annotations.Nullable;

/**
 * How a flow is: a pure decision over what is written down about it and the time.
 *
 * @param brief what is said of it where nothing of its definition may be
 */
record Diagnosis(FlowState state, String brief) {

	private static final String ACTIVE = "Active";

	private static final String DELETED = "Deleted";

	/** In which a flow does not run though it has a schedule or an event. */
	private static final Set<String> SWITCHED_OFF = Set.of("Draft", "Suspended", "Errored", "Deprecated", DELETED);

	/**
	 * Judges a flow.
	 * @param emptyRuns after how many runs in a row without records it counts as empty
	 */
	static Diagnosis of(WrittenFlow flow, int emptyRuns, Instant now) {
		return new Findings(flow, emptyRuns, now).diagnose();
	}

	private static final class Findings {

		private final List<Finding> found = new ArrayList<>();

		private final WrittenFlow flow;

		private final int emptyRuns;

		private final Instant now;

		/** Latest first. */
		private final List<Run> ended;

		Findings(WrittenFlow flow, int emptyRuns, Instant now) {
			this.flow = flow;
			this.emptyRuns = emptyRuns;
			this.now = now;
			this.ended = flow.runs().stream().filter(Run::hasEnded).toList();
		}

		Diagnosis diagnose() {
			if (flow.gone()) {
				add(FlowHealth.GONE, "AppFlow does not know the flow: it was deleted");
				return diagnosis(null);
			}
			if (flow.hidden().all() != null) {
				add(FlowHealth.UNKNOWN, flow.hidden().all());
				return diagnosis(null);
			}
			if (flow.listed() == null) {
				flow.hidden().reasons().forEach(reason -> add(FlowHealth.UNKNOWN, reason));
				if (found.isEmpty()) {
					add(FlowHealth.UNKNOWN, "The flow has not been looked at yet");
				}
				return diagnosis(null);
			}
			var due = isSwitchedOff() ? null : due();
			activity();
			lastRun();
			differences();
			emptiness();
			lateness(due);
			ignorance();
			if (found.isEmpty()) {
				absenceOfTrouble(due);
			}
			return diagnosis((due != null) ? due.at() : null);
		}

		private boolean isSwitchedOff() {
			var status = status();
			return status != null && SWITCHED_OFF.contains(status);
		}

		private @Nullable String status() {
			return (flow.listed() != null) ? flow.listed().status() : null;
		}

		private String trigger() {
			var listed = (flow.listed() != null) ? flow.listed().triggerType() : null;
			return (listed != null) ? listed : flow.timing().trigger();
		}

		private boolean runsOnDemand() {
			return Asked.ON_DEMAND.equals(trigger());
		}

		private void activity() {
			var status = status();
			if (isSwitchedOff() && (!runsOnDemand() || DELETED.equals(status))) {
				add(FlowHealth.INACTIVE, Text.with("AppFlow says that the flow is " + status, flow.statusMessage()));
			}
		}

		private void lastRun() {
			var unread = flow.unreadError();
			var last = (unread != null) ? unread : ended.isEmpty() ? null : ended.getFirst();
			if (last == null) {
				return;
			}
			if (last.isError()) {
				add(FlowHealth.FAILING, Text.with("The last run ended in an error", last.message()));
			}
			if (last.hasRefusedRecords()) {
				add(FlowHealth.FAILING,
						Text.with("The destination refused %s records of the last run".formatted(last.recordsRefused()),
								last.isError() ? null : last.message()));
			}
		}

		private void differences() {
			if (!flow.differences().isEmpty()) {
				var places = flow.differences().stream().map(Difference::pointer).distinct().toList();
				flow.differences()
					.forEach(difference -> found.add(new Finding(FlowHealth.DRIFTED, difference.sentence(),
							"It differs from the request in " + String.join(", ", places))));
			}
		}

		private void emptiness() {
			var latest = ended.stream().limit(emptyRuns).toList();
			if (latest.size() == emptyRuns && latest.stream().allMatch(Findings::isEmpty)) {
				add(FlowHealth.EMPTY, (emptyRuns == 1) ? "The last run brought no records"
						: "The last %s runs brought no records".formatted(emptyRuns));
			}
		}

		private static boolean isEmpty(Run run) {
			return run.isSuccessful() && run.recordsProcessed() != null && run.recordsProcessed() == 0;
		}

		private Timetable.@Nullable Due due() {
			var schedule = Asked.SCHEDULED.equals(trigger()) ? flow.timing().schedule() : null;
			return (schedule != null) ? schedule.after(flow.lastRunAt()) : null;
		}

		private void lateness(Timetable.@Nullable Due due) {
			if (due != null && due.isLate(now)) {
				add(FlowHealth.LATE, "The run that was due at %s is overdue by more than its interval"
					.formatted(due.at().truncatedTo(ChronoUnit.SECONDS)));
			}
		}

		private void ignorance() {
			flow.hidden().reasons().forEach(reason -> add(FlowHealth.UNKNOWN, reason));
			var status = status();
			if (status == null || !status.equals(ACTIVE) && !isSwitchedOff()) {
				add(FlowHealth.UNKNOWN, "AppFlow says that the flow is %s, which nobody here knows".formatted(status));
			}
			if (flow.hidden().definition() == null && flow.found() == null) {
				add(FlowHealth.UNKNOWN, "What the flow does has not been looked at yet");
			}
			if (flow.hidden().runs() == null && flow.needsRuns() && ended.isEmpty() && flow.runs().isEmpty()) {
				add(FlowHealth.UNKNOWN, "The runs of the flow have not been looked at yet");
			}
		}

		private void absenceOfTrouble(Timetable.@Nullable Due due) {
			if (!ended.isEmpty() || runsOnDemand()) {
				found.add(new Finding(FlowHealth.HEALTHY, null, "It does what it is there for"));
			}
			else {
				add(FlowHealth.PENDING,
						(due != null)
								? "It has not run yet; a run is due at " + due.at().truncatedTo(ChronoUnit.SECONDS)
								: "It has not run yet");
			}
		}

		private void add(FlowHealth health, String reason) {
			found.add(new Finding(health, reason, reason));
		}

		private Diagnosis diagnosis(@Nullable Instant nextRunDue) {
			found.sort(Comparator.comparing(Finding::health));
			var worst = found.getFirst().health();
			var reasons = found.stream().map(Finding::reason).filter(Objects::nonNull).toList();
			var brief = found.stream()
				.filter(finding -> finding.health() == worst)
				.map(Finding::brief)
				.distinct()
				.collect(Collectors.joining("; "));
			return new Diagnosis(new FlowState(flow.flowName(), status(), worst, reasons, last(), nextRunDue), brief);
		}

		private FlowState.@Nullable LastRun last() {
			var unread = flow.unreadError();
			if (unread != null) {
				return unread.toLastRun();
			}
			return flow.runs().isEmpty() ? null : flow.runs().getFirst().toLastRun();
		}

	}

	/**
	 * One thing that is to be said of a flow.
	 *
	 * @param reason for those who may see the workflow, null where there is nothing to
	 * say
	 * @param brief the same without anything of the flow's definition
	 */
	private record Finding(FlowHealth health, @Nullable String reason, String brief) {
	}

}
