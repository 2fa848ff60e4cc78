package io.profileworkflows.submission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.profileworkflows.customerprofiles.Sighting;
import io.profileworkflows.workflow.Candidate;

/**
 * Whether an attempt whose outcome is unknown made a workflow at AWS: a pure decision
 * over what is written down and what a listing showed. The better evidence goes first:
 * the answer to an attempt, then a FlowName equal to ours, then one that begins with
 * ours.
 */
final class Reconciliation {

	private Reconciliation() {
	}

	/**
	 * Looks at the attempts alone, before AWS is asked: all that were uncertain may have
	 * been answered since.
	 */
	static Optional<ReconciliationResult> withoutScan(UnconfirmedWorkflow unconfirmed) {
		var created = unconfirmed.attempts()
			.stream()
			.filter(attempt -> attempt.outcome() == Attempt.Outcome.CREATED)
			.findFirst();
		if (created.isPresent()) {
			return created.map(ReconciliationResult.Answered::new);
		}
		return unconfirmed.unresolved().isEmpty() ? Optional.of(new ReconciliationResult.Absent()) : Optional.empty();
	}

	/**
	 * Decides by a listing of the case's domain. The attempts are those that were written
	 * down when it was begun; what carries the finding out makes sure that there are none
	 * since.
	 */
	static ReconciliationResult of(UnconfirmedWorkflow unconfirmed, Scan scan, Patience patience) {
		var answered = withoutScan(unconfirmed);
		if (answered.isPresent()) {
			return answered.get();
		}
		var matches = Matches.of(unconfirmed, scan, patience);
		var settled = scan.isProof() && patience.hasSettled(unconfirmed, scan.begunAt());
		if (matches.equal().size() == 1) {
			return new ReconciliationResult.Found(matches.equal().getFirst().workflowId(), "its FlowName is equal");
		}
		if (matches.equal().size() > 1) {
			return new ReconciliationResult.Undecidable("Several workflows at Customer Profiles carry its FlowName",
					matches.candidates(unconfirmed));
		}
		if (matches.silent().isEmpty() && settled) {
			return withoutEqual(unconfirmed, matches, scan, patience);
		}
		if (patience.isExhausted(unconfirmed, scan.begunAt())) {
			return new ReconciliationResult.Undecidable(
					scan.isProof() ? "What may be it shows no steps" : "Customer Profiles does not show its domain",
					matches.candidates(unconfirmed));
		}
		return new ReconciliationResult.Open(patience.nextLook(unconfirmed, scan.begunAt()));
	}

	// an equal one may show itself late: what only begins alike is as little believed at
	// first sight as absence
	private static ReconciliationResult withoutEqual(UnconfirmedWorkflow unconfirmed, Matches matches, Scan scan,
			Patience patience) {
		var missing = missing(unconfirmed, scan, patience);
		if (!(missing instanceof ReconciliationResult.Absent) || matches.longer().isEmpty()) {
			return missing;
		}
		if (matches.longer().size() == 1) {
			return new ReconciliationResult.Found(matches.longer().getFirst().workflowId(),
					"its FlowName begins with ours, and no other does");
		}
		return new ReconciliationResult.Undecidable(
				"The FlowNames of several workflows at Customer Profiles begin with its own",
				matches.candidates(unconfirmed));
	}

	private static ReconciliationResult missing(UnconfirmedWorkflow unconfirmed, Scan scan, Patience patience) {
		var since = unconfirmed.unresolved().stream().map(Attempt::absentSince).toList();
		if (since.stream().anyMatch(Objects::isNull)) {
			return new ReconciliationResult.MissingOnce(scan.begunAt(), scan.begunAt().plus(patience.secondLook()));
		}
		var second = since.stream()
			.map(Objects::requireNonNull)
			.max(Instant::compareTo)
			.orElseThrow()
			.plus(patience.secondLook());
		return scan.begunAt().isBefore(second) ? new ReconciliationResult.Open(second)
				: new ReconciliationResult.Absent();
	}

	/**
	 * The sightings that may be the case's workflow.
	 *
	 * @param equal with its very FlowName
	 * @param longer whose FlowName begins with it, and with no longer one known here
	 * @param silent without steps, which prove nothing
	 */
	private record Matches(List<Sighting> equal, List<Sighting> longer, List<Sighting> silent) {

		static Matches of(UnconfirmedWorkflow unconfirmed, Scan scan, Patience patience) {
			var equal = new ArrayList<Sighting>();
			var longer = new ArrayList<Sighting>();
			var silent = new ArrayList<Sighting>();
			for (var sighting : scan.sightings()) {
				if (!fits(unconfirmed, sighting, patience)) {
					continue;
				}
				if (!sighting.showsSteps()) {
					silent.add(sighting);
				}
				else if (sighting.flowNames().contains(unconfirmed.flowName())) {
					equal.add(sighting);
				}
				else if (sighting.flowNames().stream().anyMatch(name -> isOurs(name, unconfirmed, scan))) {
					longer.add(sighting);
				}
			}
			return new Matches(equal, longer, silent);
		}

		// what AWS does not tell speaks neither for nor against it
		private static boolean fits(UnconfirmedWorkflow unconfirmed, Sighting sighting, Patience patience) {
			return (sighting.createdAt() == null || patience.covers(unconfirmed, sighting.createdAt()))
					&& (sighting.connectorType() == null
							|| sighting.connectorType().equals(unconfirmed.connectorType()))
					&& (sighting.connectorProfileName() == null || unconfirmed.connectorProfileName() == null
							|| sighting.connectorProfileName().equals(unconfirmed.connectorProfileName()))
					&& (sighting.roleArn() == null || sighting.roleArn().equals(unconfirmed.roleArn()));
		}

		private static boolean isOurs(String name, UnconfirmedWorkflow unconfirmed, Scan scan) {
			return name.startsWith(unconfirmed.flowName()) && scan.flowNames()
				.stream()
				.noneMatch(other -> other.length() > unconfirmed.flowName().length() && name.startsWith(other));
		}

		List<Candidate> candidates(UnconfirmedWorkflow unconfirmed) {
			var candidates = new ArrayList<Candidate>();
			equal.forEach(sighting -> candidates
				.add(candidate(sighting, unconfirmed, List.of("its FlowName is equal"), List.of())));
			longer.forEach(sighting -> candidates.add(candidate(sighting, unconfirmed,
					List.of("its FlowName begins with ours"), List.of("its FlowName is not equal"))));
			silent.forEach(sighting -> candidates
				.add(candidate(sighting, unconfirmed, List.of(), List.of("it shows no steps, so no FlowName"))));
			return candidates;
		}

		private static Candidate candidate(Sighting sighting, UnconfirmedWorkflow unconfirmed, List<String> pro,
				List<String> contra) {
			var speaksFor = new ArrayList<>(pro);
			speaksFor.add("it was created when an attempt may have arrived");
			if (unconfirmed.roleArn().equals(sighting.roleArn())) {
				speaksFor.add("it uses the same role and connector");
			}
			return new Candidate(sighting.workflowId(), sighting.createdAt(), sighting.status(),
					sighting.flowNames().stream().sorted().toList(), speaksFor, contra);
		}

	}

}
