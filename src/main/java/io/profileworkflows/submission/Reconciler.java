package io.profileworkflows.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.customerprofiles.Sighting;
import io.profileworkflows.customerprofiles.Sightings;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Finds out, domain by domain, whether attempts of unknown outcome made workflows at AWS.
 * One listing serves all that is uncertain in a domain.
 */
@Component
class Reconciler implements WorkHandler {

	private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

	private static final int SLOTS = 4;

	private final ReconciliationResults results;

	private final CustomerProfiles customerProfiles;

	private final Sightings sightings;

	private final Workflows workflows;

	private final Outbox outbox;

	private final Patience patience;

	Reconciler(ReconciliationResults results, CustomerProfiles customerProfiles, Sightings sightings,
			Workflows workflows, Outbox outbox, SubmissionSettings settings) {
		this.results = results;
		this.customerProfiles = customerProfiles;
		this.sightings = sightings;
		this.workflows = workflows;
		this.outbox = outbox;
		this.patience = settings.patience();
	}

	@Override
	public String kind() {
		return WorkKinds.RECONCILIATION;
	}

	@Override
	public int slots() {
		return SLOTS;
	}

	@Override
	public Result handle(Work work) {
		try {
			var uncertain = withoutAnswer(work, results.casesIn(work.domain()));
			return uncertain.isEmpty() ? results.end(work, null)
					: scan(work, uncertain).map(scan -> decide(work, uncertain, scan))
						.orElseGet(() -> Result.again(Duration.ZERO));
		}
		catch (CallFailed failure) {
			log.warn("What is uncertain in domain {} could not be looked at: {}", work.domain(), failure.getMessage());
			return Result.later(Objects.requireNonNullElse(failure.retryAfter(), PAUSE_AFTER_FAILURE));
		}
	}

	private Result decide(Work work, List<UnconfirmedWorkflow> uncertain, Scan scan) {
		var looks = new ArrayList<Instant>();
		for (var unconfirmed : uncertain) {
			var finding = Reconciliation.of(unconfirmed, scan, patience);
			results.carryOut(work, unconfirmed, finding);
			nextLook(finding).ifPresent(looks::add);
		}
		return results.end(work, looks.stream().min(Instant::compareTo).orElse(null));
	}

	private List<UnconfirmedWorkflow> withoutAnswer(Work work, List<UnconfirmedWorkflow> cases) {
		var uncertain = new ArrayList<UnconfirmedWorkflow>();
		for (var unconfirmed : cases) {
			Reconciliation.withoutScan(unconfirmed)
				.ifPresentOrElse(answered -> results.carryOut(work, unconfirmed, answered),
						() -> uncertain.add(unconfirmed));
		}
		return uncertain;
	}

	/**
	 * Looks through a domain, unless the time is too short for what is on one of its
	 * pages: the next look gets further.
	 */
	private Optional<Scan> scan(Work work, Collection<UnconfirmedWorkflow> cases) {
		var domainName = work.domain();
		var begunAt = results.now();
		var from = cases.stream()
			.map(UnconfirmedWorkflow::begun)
			.min(Instant::compareTo)
			.orElseThrow()
			.minus(patience.skew());
		var seen = new ArrayList<Sighting>();
		String nextToken = null;
		do {
			var page = customerProfiles.list(Priority.RECONCILIATION, domainName, from, null, nextToken);
			if (page.isEmpty()) {
				return Optional.of(new Scan(begunAt, false, List.of(), Set.of()));
			}
			outbox.renew(work);
			var sighted = sightings.look(Priority.RECONCILIATION, domainName, unheld(page.get().items()),
					Deadline.in(outbox.lease().dividedBy(2)));
			if (sighted.isEmpty()) {
				return Optional.empty();
			}
			seen.addAll(sighted.get());
			nextToken = page.get().nextToken();
		}
		while (nextToken != null);
		var names = new HashSet<String>();
		seen.forEach(sighting -> names.addAll(sighting.flowNames()));
		return Optional.of(new Scan(begunAt, true, seen, workflows.knownBeginningsOf(names).keySet()));
	}

	private List<RemoteListItem> unheld(List<RemoteListItem> items) {
		var held = workflows.heldAmong(items.stream().map(RemoteListItem::workflowId).toList());
		return items.stream().filter(item -> !held.contains(item.workflowId())).toList();
	}

	private static Optional<Instant> nextLook(ReconciliationResult finding) {
		return switch (finding) {
			case ReconciliationResult.Open(var nextLook) -> Optional.of(nextLook);
			case ReconciliationResult.MissingOnce(var _, var nextLook) -> Optional.of(nextLook);
			case ReconciliationResult.Answered _, ReconciliationResult.Found _, ReconciliationResult.Absent _,
					ReconciliationResult.Undecidable _ ->
				Optional.empty();
		};
	}

}
