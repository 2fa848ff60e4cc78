package io.profileworkflows.submission;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.profileworkflows.customerprofiles.Sighting;
import io.profileworkflows.workflow.Phase;
import org.jspecify.annotations.Nullable;

/**
 * A process that finds out what is uncertain, step by step: what {@code Reconciler},
 * {@code ReconciliationResults} and {@code Sightings} do, with everything in between that
 * may happen there.
 */
final class WorldReconciler implements Actor {

	private enum Stage {

		IDLE, CLAIMED, ANSWERED, LISTING, DECIDING, SETTLING

	}

	private final World world;

	private final String name;

	private final Patience patience;

	private Stage stage = Stage.IDLE;

	private long at;

	private long claim;

	private final Deque<UnconfirmedWorkflow> cases = new ArrayDeque<>();

	private final List<Sighting> seen = new ArrayList<>();

	private Instant begunAt = Instant.EPOCH;

	private WorldAws.@Nullable Listing listing;

	private @Nullable Scan scan;

	private @Nullable Instant nextLook;

	WorldReconciler(World world, String name) {
		this.world = world;
		this.name = name;
		this.patience = Clocks.patience(!world.breaks(Breach.NO_SETTLE_TIME), !world.breaks(Breach.NO_SECOND_LOOK));
	}

	@Override
	public long at() {
		if (stage != Stage.IDLE) {
			return at;
		}
		var work = world.tables().reconciliation;
		return work.isThere ? Math.max(at, work.dueAt) : NEVER;
	}

	/** Dies, and comes back later. */
	void die(long until) {
		stage = Stage.IDLE;
		at = until + world.chance().between(1L, 2000L);
	}

	@Override
	public void step() {
		if (stage != Stage.IDLE && world.isFaulty(120)) {
			world.count(Happening.CRASHED);
			world.log("%s crashes while %s", name, stage);
			die(world.now() + world.chance().between(Clocks.SECOND, Clocks.MINUTE));
			return;
		}
		switch (stage) {
			case IDLE -> claim();
			case CLAIMED -> readCases();
			case ANSWERED -> list();
			case LISTING -> readPage();
			case DECIDING -> decide();
			case SETTLING -> settle();
		}
		at = world.now() + world.pause(name);
		if (stage == Stage.IDLE) {
			// the budget for reads is not always there at once
			at += world.chance().oneIn(3) ? 0 : world.chance().between(0L, 40 * Clocks.SECOND);
		}
	}

	private void claim() {
		var work = world.tables().reconciliation;
		if (work.isThere && work.dueAt <= world.now()) {
			world.tables().claim(work);
			claim = work.claim;
			stage = Stage.CLAIMED;
		}
	}

	private void readCases() {
		cases.clear();
		nextLook = null;
		for (var unconfirmed : world.tables().cases()) {
			Reconciliation.withoutScan(unconfirmed)
				.ifPresentOrElse(finding -> carryOut(unconfirmed, finding, true), () -> cases.add(unconfirmed));
		}
		stage = cases.isEmpty() ? Stage.SETTLING : Stage.ANSWERED;
	}

	private void list() {
		begunAt = Instant.ofEpochMilli(world.now());
		seen.clear();
		var from = cases.stream().map(UnconfirmedWorkflow::begun).min(Instant::compareTo).orElseThrow().toEpochMilli()
				- Clocks.SKEW;
		listing = world.aws().list(from);
		stage = Stage.LISTING;
		world.log("%s begins to list", name);
	}

	private void readPage() {
		if (world.isFaulty(40)) {
			world.count(Happening.LIST_FAILED);
			stage = Stage.IDLE;
			if (world.tables().reconciliation.isHeldBy(claim)) {
				world.tables().reconciliation.putOff(world.now() + 5 * Clocks.SECOND);
			}
			return;
		}
		if (world.isDomainHidden()) {
			world.count(Happening.DOMAIN_HIDDEN);
			decideBy(new Scan(begunAt, false, List.of(), Set.of()));
			return;
		}
		var page = world.aws().page(Objects.requireNonNull(listing));
		if (page != null) {
			page.forEach(this::look);
			return;
		}
		var names = new HashSet<String>();
		seen.forEach(sighting -> names.addAll(sighting.flowNames()));
		decideBy(new Scan(begunAt, true, seen,
				world.breaks(Breach.NO_LONGEST_MATCH) ? Set.of() : world.tables().knownBeginningsOf(names)));
	}

	private void look(WorldAws.Remote remote) {
		var tables = world.tables();
		if (tables.isHeld(remote.id) && !world.breaks(Breach.NO_HELD_IDS)) {
			return;
		}
		var known = tables.remembered(remote.id);
		if (known != null && known.showsSteps()) {
			seen.add(known);
			return;
		}
		var sighting = world.aws().read(remote, known);
		if (sighting != null) {
			tables.remember(sighting);
			seen.add(sighting);
		}
		else if (!world.breaks(Breach.UNREADABLE_IS_ABSENT)) {
			seen.add(new Sighting(remote.id, "", Instant.ofEpochMilli(remote.createdAt()), null, null, null, Set.of()));
		}
	}

	private void decideBy(Scan scan) {
		this.scan = scan;
		stage = Stage.DECIDING;
		world.log("%s sees %s", name, scan.sightings());
	}

	private void decide() {
		var unconfirmed = cases.remove();
		var finding = Reconciliation.of(unconfirmed, Objects.requireNonNull(scan), patience);
		carryOut(unconfirmed, finding, false);
		switch (finding) {
			case ReconciliationResult.Open(var look) -> lookAgain(look);
			case ReconciliationResult.MissingOnce(var _, var look) -> lookAgain(look);
			case ReconciliationResult.Answered _, ReconciliationResult.Found _, ReconciliationResult.Absent _,
					ReconciliationResult.Undecidable _ ->
				{
				}
		}
		if (cases.isEmpty()) {
			stage = Stage.SETTLING;
		}
	}

	private void lookAgain(Instant look) {
		nextLook = (nextLook == null || look.isBefore(nextLook)) ? look : nextLook;
	}

	private void carryOut(UnconfirmedWorkflow unconfirmed, ReconciliationResult finding, boolean isWithoutScan) {
		var tables = world.tables();
		var workflow = tables.find(unconfirmed.workflow());
		if (workflow == null || workflow.phase != Phase.UNCONFIRMED
				|| !workflow.attempts.equals(unconfirmed.attempts())) {
			world.count(Happening.STALE_VERDICT);
			return;
		}
		if (!tables.hold(tables.reconciliation, claim, 0)) {
			return;
		}
		world.log("%s finds of #%d: %s", name, workflow.request, finding);
		switch (finding) {
			case ReconciliationResult.Answered(var attempt) -> {
				world.count(Happening.ANSWERED);
				confirm(workflow, Objects.requireNonNull(attempt.remoteWorkflowId()), false);
			}
			case ReconciliationResult.Found(var remoteId, var evidence) -> {
				world.count(evidence.contains("equal") ? Happening.FOUND_EQUAL : Happening.FOUND_LONGER);
				confirm(workflow, remoteId, true);
			}
			case ReconciliationResult.MissingOnce(var lookedAt, var _) -> {
				world.count(Happening.MISSING_ONCE);
				tables.missing(workflow, lookedAt);
			}
			case ReconciliationResult.Absent _ -> {
				world.count(isWithoutScan ? Happening.ALL_ANSWERED : Happening.ABSENT);
				resubmit(workflow);
			}
			case ReconciliationResult.Undecidable undecidable -> {
				world.count(Happening.UNDECIDABLE);
				workflow.review = undecidable;
				tables.change(workflow, Phase.NEEDS_REVIEW);
			}
			case ReconciliationResult.Open _ -> world.count(Happening.OPEN);
		}
	}

	private void confirm(WorldWorkflow workflow, String remoteId, boolean isAdopted) {
		world.tables().absent(workflow);
		world.tables().confirm(workflow, remoteId, isAdopted);
	}

	private void resubmit(WorldWorkflow workflow) {
		world.tables().absent(workflow);
		if (workflow.isDeletionRequested) {
			world.tables().change(workflow, Phase.CANCELLED);
			return;
		}
		world.tables().change(workflow, Phase.ACCEPTED);
		workflow.work.add(world.now());
	}

	private void settle() {
		stage = Stage.IDLE;
		var tables = world.tables();
		if (!tables.hold(tables.reconciliation, claim, 0)) {
			return;
		}
		if (nextLook == null && !tables.hasUnconfirmed()) {
			tables.reconciliation.finish();
			return;
		}
		var next = (nextLook != null) ? nextLook.toEpochMilli() : world.now() + Clocks.SECOND;
		tables.reconciliation.putOff(Math.max(next, world.now()));
	}

}
