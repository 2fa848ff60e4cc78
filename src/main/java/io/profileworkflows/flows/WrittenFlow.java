package io.profileworkflows.flows;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.profileworkflows.appflow.ListedFlow;
import org.jspecify.annotations.Nullable;

/**
 * All that is written down about a flow. Its health follows from this and the time alone.
 *
 * @param flowName as AppFlow has it, or as it was asked for while AppFlow shows none
 * @param asked when it was asked to run
 * @param listed as the last listing showed it, null before it was ever seen
 * @param statusMessage AppFlow's words about its status
 * @param found when it runs at AppFlow, null before anybody looked
 * @param differences from what was asked for
 * @param runs the latest ones, latest first
 * @param gone whether AppFlow itself said that it does not know it
 * @param hidden why nothing is known of it now, or some of it, by what is not known
 * @param describedAs what the listing showed when its definition was read
 * @param runsReadAs what the listing showed when its runs were read
 */
record WrittenFlow(String flowName, Asked asked, @Nullable ListedFlow listed, @Nullable String statusMessage,
		@Nullable Asked found, List<Difference> differences, List<Run> runs, boolean gone, Hidden hidden,
		@Nullable String describedAs, @Nullable String runsReadAs) {

	/** Most runs that are kept at hand; the others are kept as well. */
	static final int MOST_RUNS = 20;

	WrittenFlow {
		differences = List.copyOf(differences);
		runs = List.copyOf(runs);
	}

	static WrittenFlow begin(String flowName, Asked asked) {
		return new WrittenFlow(flowName, asked, null, null, null, List.of(), List.of(), false, Hidden.NOTHING, null,
				null);
	}

	/** A listing shows it. */
	WrittenFlow see(ListedFlow shown) {
		return new WrittenFlow(shown.flowName(), asked, shown, statusMessage, found, differences, runs, false,
				hidden.all(null), describedAs, runsReadAs);
	}

	/** Its definition was read, while it was listed like this. */
	WrittenFlow describe(@Nullable String message, Asked foundTo, List<Difference> differs) {
		return new WrittenFlow(flowName, asked, listed, message, foundTo, differs, runs, false, hidden.definition(null),
				definitionMark(), runsReadAs);
	}

	/** Its runs were read, while it was listed like this. */
	WrittenFlow read(List<Run> latest) {
		return new WrittenFlow(flowName, asked, listed, statusMessage, found, differences,
				latest.stream().sorted(Run.LATEST_FIRST).limit(MOST_RUNS).toList(), gone, hidden.runs(null),
				describedAs, runMark());
	}

	/** AppFlow says that it does not know it. */
	WrittenFlow vanish() {
		return new WrittenFlow(flowName, asked, null, null, null, List.of(), runs, true, Hidden.NOTHING, null, null);
	}

	WrittenFlow hide(Hidden now) {
		return new WrittenFlow(flowName, asked, listed, statusMessage, found, differences, runs, gone, now, describedAs,
				runsReadAs);
	}

	boolean needsDescription() {
		return listed != null && !definitionMark().equals(describedAs);
	}

	boolean needsRuns() {
		return listed != null && listed.lastRunStatus() != null && !runMark().equals(runsReadAs);
	}

	private String definitionMark() {
		return (listed != null) ? "%s %s".formatted(listed.status(), listed.updatedAt()) : "";
	}

	private String runMark() {
		return (listed != null) ? "%s %s".formatted(listed.lastRunStatus(), listed.lastRunAt()) : "";
	}

	/** When it runs, as far as that is known. */
	Asked timing() {
		return (found != null) ? found : asked;
	}

	/**
	 * The latest run that a listing tells of and that was not read yet, if it says
	 * anything bad: good news can wait until all of it is known.
	 */
	@Nullable Run unreadError() {
		if (listed == null || !needsRuns() || !Run.ERROR.equals(listed.lastRunStatus())) {
			return null;
		}
		return new Run(null, Run.ERROR, listed.lastRunAt(), null, null, null, Text.line(listed.lastRunMessage()));
	}

	/** When the latest run began, as far as anybody knows. */
	@Nullable Instant lastRunAt() {
		var read = runs.isEmpty() ? null : runs.getFirst().startedAt();
		var shown = (listed != null && needsRuns()) ? listed.lastRunAt() : null;
		return (shown != null && (read == null || shown.isAfter(read))) ? shown : read;
	}

	/**
	 * Why something is not known, in a sentence each.
	 *
	 * @param all of it
	 * @param definition what it does and when
	 * @param runs how its runs went
	 */
	record Hidden(@Nullable String all, @Nullable String definition, @Nullable String runs) {

		static final Hidden NOTHING = new Hidden(null, null, null);

		Hidden all(@Nullable String why) {
			return new Hidden(why, definition, runs);
		}

		Hidden definition(@Nullable String why) {
			return new Hidden(all, why, runs);
		}

		Hidden runs(@Nullable String why) {
			return new Hidden(all, definition, why);
		}

		List<String> reasons() {
			return Stream.of(all, definition, runs).filter(Objects::nonNull).distinct().toList();
		}

	}

}
