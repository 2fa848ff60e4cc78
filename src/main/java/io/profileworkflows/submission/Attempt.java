package io.profileworkflows.submission;

import java.time.Instant;
import java.util.List;

import io.profileworkflows.customerprofiles.CreateOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to create a workflow at AWS. All times are the database's.
 *
 * @param number counts from 1 within its workflow
 * @param startedAt when it was committed, before anything was sent
 * @param deadline when it must have begun to be sent at the latest
 * @param outcome null while nobody has heard of it again
 * @param remoteWorkflowId AWS's id, if it was created
 * @param absentSince when it was first not found after the settle time
 * @param absentAt when it was resolved without an answer: it made nothing, or nothing but
 * what its workflow holds now
 */
record Attempt(int number, Instant startedAt, Instant deadline, @Nullable Outcome outcome,
		@Nullable String remoteWorkflowId, @Nullable String reason, @Nullable String requestId,
		@Nullable Instant absentSince, @Nullable Instant absentAt) {

	enum Outcome {

		CREATED, REFUSED, NOT_SENT, UNKNOWN;

		static Outcome of(CreateOutcome outcome) {
			return switch (outcome) {
				case CreateOutcome.Created _ -> CREATED;
				case CreateOutcome.Refused _ -> REFUSED;
				case CreateOutcome.NotSent _ -> NOT_SENT;
				case CreateOutcome.Unknown _ -> UNKNOWN;
			};
		}

	}

	/** The number of the next one. */
	static int next(List<Attempt> attempts) {
		return attempts.isEmpty() ? 1 : attempts.getLast().number() + 1;
	}

	/** Whether it may have made a workflow that we do not know of. */
	boolean isUnresolved() {
		return absentAt == null && (outcome == null || outcome == Outcome.UNKNOWN);
	}

	boolean isCreated() {
		return outcome == Outcome.CREATED;
	}

	String why() {
		return (reason != null) ? reason : "no answer came";
	}

}
