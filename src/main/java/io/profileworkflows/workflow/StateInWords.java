package io.profileworkflows.workflow;

import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.profileworkflows.pauses.Pause;
import org.jspecify.annotations.Nullable;

/**
 * Says in words how far a workflow is, and why it does not move. The words fit into AWS's
 * own members, because the AWS CLI and SDKs show no others.
 */
public final class StateInWords {

	private static final String THEN_DELETED = "; deletion is requested, and follows once that is known";

	/** What AWS allows for its descriptions and messages. */
	private static final int LONGEST = 255;

	private StateInWords() {
	}

	/** As much of a text as fits. */
	public static String cut(String text) {
		return cut(text, LONGEST);
	}

	/** As much of a text as fits. */
	public static String cut(String text, int longest) {
		if (text.length() <= longest) {
			return text;
		}
		// never between the two halves of one character
		var end = longest - (Character.isHighSurrogate(text.charAt(longest - 2)) ? 2 : 1);
		return text.substring(0, end) + "…";
	}

	/** What there is to say of any workflow, in at most 255 characters. */
	public static String of(Workflow workflow, @Nullable Pause pause) {
		var standstill = ofStandstill(workflow, pause);
		return (standstill != null) ? standstill
				: Objects.requireNonNullElseGet(workflow.errorDescription(), () -> of(workflow.phase()));
	}

	/**
	 * Why a workflow does not move, in at most 255 characters.
	 * @return the reason, or null while it goes its way or has ended
	 */
	public static @Nullable String ofStandstill(Workflow workflow, @Nullable Pause pause) {
		var phase = workflow.phase();
		if (phase == Phase.ACCEPTED && pause != null) {
			return cut(of(pause));
		}
		var failed = workflow.waitsFor();
		if (phase == Phase.ACCEPTED && failed != null) {
			return "Waits until workflow %s, which failed, is deleted at Customer Profiles".formatted(failed);
		}
		return switch (phase) {
			case SUBMITTING -> workflow.isDeletionRequested() ? of(phase) + THEN_DELETED : null;
			case UNCONFIRMED, NEEDS_REVIEW -> of(phase) + (workflow.isDeletionRequested() ? THEN_DELETED : "");
			case DELETING -> of(phase);
			case ACCEPTED, SUBMITTED, FINISHED, REJECTED, CANCELLED, DELETED -> null;
		};
	}

	private static String of(Pause pause) {
		return "Paused: nothing is sent to %s since %s, by %s: %s".formatted(
				pause.isEverywhere() ? "any domain" : "this domain", pause.pausedAt().truncatedTo(ChronoUnit.SECONDS),
				pause.pausedBy(), pause.reason());
	}

	private static String of(Phase phase) {
		return switch (phase) {
			case ACCEPTED -> "Accepted; waits to be sent to Customer Profiles";
			case SUBMITTING -> "Being sent to Customer Profiles";
			case UNCONFIRMED ->
				"UNCONFIRMED: sent, but no clear answer came; whether Customer Profiles made it is being found out";
			case NEEDS_REVIEW -> "NEEDS_REVIEW: an operator has to decide whether Customer Profiles made it";
			case SUBMITTED -> "Runs at Customer Profiles";
			case FINISHED -> "Ended at Customer Profiles";
			case REJECTED -> "Refused";
			case CANCELLED -> "Deleted on request; it was never made at Customer Profiles";
			case DELETING -> "Deletion is requested; Customer Profiles carries it out";
			case DELETED -> "Deleted at Customer Profiles";
		};
	}

}
