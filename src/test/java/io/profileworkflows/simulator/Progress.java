package io.profileworkflows.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How far a workflow has come at one moment: a function of time, so that nothing has to
 * run in the background and a restart changes nothing. Steps run one after the other,
 * each in ten ticks.
 *
 * @param startedAt null before it started
 */
record Progress(String status, @Nullable String errorDescription, @Nullable Instant startedAt, Instant lastUpdatedAt,
		List<Step> steps) {

	private static final int TICKS = 10;

	static Progress of(CreatedWorkflow workflow, @Nullable Pin pin, SimulatorSettings settings, Instant now) {
		if (pin == null) {
			return new Timeline(workflow, settings).at(now);
		}
		var until = new Timeline(workflow, settings).at(pin.at().isBefore(now) ? pin.at() : now);
		return new Progress(pin.status(), pin.description(), until.startedAt, pin.at(), until.steps);
	}

	long recordsProcessed() {
		return steps.stream().mapToLong(Step::recordsProcessed).sum();
	}

	long stepsCompleted() {
		return steps.stream().filter(step -> step.status().equals("COMPLETE")).count();
	}

	record Step(String flowName, String status, String executionMessage, long recordsProcessed, String recordsFrom,
			String recordsUntil, Instant createdAt, Instant lastUpdatedAt) {
	}

	private record Timeline(CreatedWorkflow workflow, SimulatorSettings settings) {

		Progress at(Instant now) {
			if (now.isBefore(start())) {
				return new Progress("NOT_STARTED", null, null, workflow.createdAt(),
						steps(0, workflow.createdAt(), false));
			}
			if (workflow.duplicateOf() != null) {
				return new Progress("FAILED", "A flow with the name %s already exists".formatted(workflow.flowName()),
						start(), start(), steps(0, start(), true));
			}
			var tick = tickAt(now);
			if (tick < lastTick()) {
				return new Progress("IN_PROGRESS", null, start(), timeOf(tick), steps(tick, start(), false));
			}
			if (workflow.isDoomed()) {
				return new Progress("FAILED", "The connector refused the query", start(), timeOf(tick),
						steps(tick, start(), true));
			}
			return new Progress("COMPLETE", null, start(), timeOf(tick), steps(tick, start(), false));
		}

		private Instant start() {
			return workflow.createdAt().plus(settings.startsAfter());
		}

		private int count() {
			return Math.max(1, workflow.batches().size());
		}

		private int lastTick() {
			return count() * TICKS;
		}

		private int tickAt(Instant now) {
			var whole = settings.runsFor().toMillis();
			var elapsed = Duration.between(start(), now).toMillis();
			return elapsed >= whole ? lastTick() : (int) (elapsed * lastTick() / whole);
		}

		private Instant timeOf(int tick) {
			return start().plusMillis(settings.runsFor().toMillis() * tick / lastTick());
		}

		private List<Step> steps(int tick, Instant createdAt, boolean failed) {
			return IntStream.range(0, count()).mapToObj(index -> step(index, tick, createdAt, failed)).toList();
		}

		private Step step(int index, int tick, Instant createdAt, boolean failed) {
			var fails = failed && (index == count() - 1 || workflow.duplicateOf() != null);
			var mostTicks = workflow.isDoomed() && index == count() - 1 ? TICKS / 2 : TICKS;
			var done = Math.clamp(tick - (long) index * TICKS, 0, mostTicks);
			var updatedAt = done == 0 ? createdAt : timeOf(fails ? tick : index * TICKS + done);
			var batch = workflow.batches().path(index);
			return new Step(stepName(index), statusOfStep(index, tick, done, fails),
					fails ? "Flow run failed" : "%s of 10 parts done".formatted(done),
					(long) settings.recordsPerStep() * done / TICKS, time(batch.path("StartTime"), Instant.EPOCH),
					time(batch.path("EndTime"), workflow.createdAt()), createdAt, updatedAt);
		}

		private String statusOfStep(int index, int tick, int done, boolean fails) {
			if (fails) {
				return "FAILED";
			}
			if (done == TICKS) {
				return "COMPLETE";
			}
			return tick >= index * TICKS && hasStartedWith(tick) ? "IN_PROGRESS" : "NOT_STARTED";
		}

		private boolean hasStartedWith(int tick) {
			return tick > 0;
		}

		private String stepName(int index) {
			return count() == 1 ? workflow.flowName()
					: workflow.flowName() + String.format(Locale.ROOT, settings.batchSuffix(), index + 1);
		}

		private static String time(JsonNode given, Instant otherwise) {
			return (given.isNumber() ? Json.instant(given) : otherwise).toString();
		}

	}

}
