package io.profileworkflows.flows;

import java.time.Instant;
import java.util.Comparator;

import io.profileworkflows.appflow.RemoteRun;
import io.profileworkflows.workflow.FlowState;
import org.jspecify.annotations.Nullable;

/**
 * A run of a flow, as AppFlow showed it last.
 *
 * @param executionId null while it is known from a listing alone
 * @param status AppFlow's word for it
 * @param recordsProcessed null where AppFlow does not tell
 * @param recordsRefused by the destination
 * @param message at most 255 characters
 */
record Run(@Nullable String executionId, @Nullable String status, @Nullable Instant startedAt,
		@Nullable Instant endedAt, @Nullable Long recordsProcessed, @Nullable Long recordsRefused,
		@Nullable String message) {

	static final String SUCCESSFUL = "Successful";

	static final String ERROR = "Error";

	static final Comparator<Run> LATEST_FIRST = Comparator
		.comparing(Run::startedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
		.reversed();

	static Run of(RemoteRun run) {
		var hasEnded = isEnd(run.status());
		return new Run(run.executionId(), run.status(), run.startedAt(), hasEnded ? run.updatedAt() : null,
				run.recordsProcessed(), run.recordsRefused(), Text.line(run.message()));
	}

	/**
	 * Whether it came to an end by itself. One that somebody cancelled says nothing of
	 * the flow, and neither does a status that nobody here knows.
	 */
	boolean hasEnded() {
		return isEnd(status);
	}

	private static boolean isEnd(@Nullable String status) {
		return SUCCESSFUL.equals(status) || ERROR.equals(status);
	}

	boolean isSuccessful() {
		return SUCCESSFUL.equals(status);
	}

	boolean isError() {
		return ERROR.equals(status);
	}

	boolean hasRefusedRecords() {
		return recordsRefused != null && recordsRefused > 0;
	}

	FlowState.LastRun toLastRun() {
		return new FlowState.LastRun(executionId, status, startedAt, endedAt, recordsProcessed, message);
	}

}
