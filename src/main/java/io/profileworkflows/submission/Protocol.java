package io.profileworkflows.submission;

import java.util.List;
import java.util.Optional;

import io.profileworkflows.workflow.Phase;
import org.jspecify.annotations.Nullable;

/**
 * How it comes about that each accepted request becomes one workflow at AWS: pure
 * decisions over what is written down. The caller that carries them out holds the claim.
 */
final class Protocol {

	private Protocol() {
	}

	/**
	 * Decides when work was claimed.
	 * @param spoiled why the request must no longer be sent, if so
	 */
	static NextStep whenClaimed(Phase phase, List<Attempt> attempts, @Nullable String spoiled) {
		return switch (phase) {
			case ACCEPTED -> find(attempts, Attempt.Outcome.CREATED).<NextStep>map(NextStep.Confirm::new)
				.orElseGet(() -> (spoiled != null) ? new NextStep.GiveUp(spoiled) : new NextStep.Send());
			// the process that began the last attempt lost the claim before it could
			// settle
			case SUBMITTING -> whenAttempted(attempts);
			case NEEDS_REVIEW, UNCONFIRMED, SUBMITTED, FINISHED, REJECTED, CANCELLED, DELETING, DELETED ->
				new NextStep.Leave();
		};
	}

	/**
	 * Decides by all attempts at a workflow, of which there is at least one. An attempt
	 * that made a workflow outweighs everything; one of which nobody knows outweighs all
	 * that say that nothing was made.
	 */
	static NextStep whenAttempted(List<Attempt> attempts) {
		var created = find(attempts, Attempt.Outcome.CREATED);
		if (created.isPresent()) {
			return new NextStep.Confirm(created.get());
		}
		var unresolved = attempts.stream().filter(Attempt::isUnresolved).findFirst();
		if (unresolved.isPresent()) {
			return new NextStep.LoseSight(unresolved.get());
		}
		var last = attempts.getLast();
		return (last.outcome() == Attempt.Outcome.REFUSED) ? new NextStep.Reject(last)
				: new NextStep.Requeue(last, unsentInARow(attempts));
	}

	private static Optional<Attempt> find(List<Attempt> attempts, Attempt.Outcome outcome) {
		return attempts.stream().filter(attempt -> attempt.outcome() == outcome).findFirst();
	}

	private static int unsentInARow(List<Attempt> attempts) {
		return (int) attempts.reversed()
			.stream()
			.takeWhile(attempt -> attempt.outcome() == Attempt.Outcome.NOT_SENT)
			.count();
	}

}
