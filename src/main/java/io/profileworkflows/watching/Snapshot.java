package io.profileworkflows.watching;

import java.util.ArrayList;
import java.util.List;

import io.profileworkflows.pauses.Pause;
import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * A workflow at one moment.
 *
 * @param pause what holds it back, if operators do
 * @param candidates what it may be at AWS, while a person has to decide
 * @param entries what happened since an entry of the history that somebody knows already
 * @param lastEntry id of the latest entry in its history that is known
 */
public record Snapshot(Workflow workflow, @Nullable Pause pause, List<Candidate> candidates, List<HistoryEntry> entries,
		long lastEntry) {

	/** In the place of the latest entry, for those who do not follow the history. */
	static final long NO_HISTORY = Long.MAX_VALUE;

	/** Whether nothing more happens to it unless somebody asks for it. */
	public boolean isFinal() {
		return !workflow.phase().isLive();
	}

	/** What is new to somebody who knows its history up to an entry. */
	Snapshot after(long entry) {
		return new Snapshot(workflow, pause, candidates,
				entries.stream().filter(candidate -> candidate.id() > entry).toList(), Math.max(entry, lastEntry));
	}

	/** What is new to somebody who has not seen an earlier one either. */
	Snapshot since(Snapshot earlier) {
		var all = new ArrayList<>(earlier.entries);
		all.addAll(entries);
		return new Snapshot(workflow, pause, candidates, List.copyOf(all), lastEntry);
	}

}
