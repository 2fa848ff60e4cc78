package io.profileworkflows.submission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.profileworkflows.customerprofiles.Sighting;
import org.jspecify.annotations.Nullable;

import static io.profileworkflows.submission.Clocks.MINUTE;
import static io.profileworkflows.submission.Clocks.SECOND;

/**
 * Customer Profiles in a {@link World}, and the network before it.
 */
final class WorldAws {

	static final int NOBODY = -1;

	private static final int PAGE = 2;

	private static final int REPLICAS = 2;

	private final World world;

	private final List<Remote> remotes = new ArrayList<>();

	private final int[] counts = new int[WorldPeople.MOST_WORKFLOWS];

	private final long clock;

	private final boolean isNewestFirst;

	WorldAws(World world) {
		this.world = world;
		var chance = world.chance();
		var apart = chance.upTo(Clocks.SKEW - SECOND);
		this.clock = chance.oneIn(2) ? apart : -apart;
		this.isNewestFirst = chance.oneIn(2);
	}

	// requests

	/**
	 * Sends a request. What comes of it is decided when it arrives.
	 * @param date that the sender signed it with
	 */
	Flight send(int request, String flowName, int attempt, long date) {
		var flight = new Flight(request, flowName, attempt, date);
		var chance = world.chance();
		var fate = !world.isFaulty(2) ? Fate.DELIVERED : chance.oneIn(4) ? Fate.DELAYED : chance.pick(Fate.values());
		var trip = chance.between(5L, 400L);
		var delay = switch (fate) {
			case REQUEST_LOST, UNREACHABLE -> Actor.NEVER;
			case DELAYED -> switch (chance.between(0, 3)) {
				case 0 -> chance.between(0, Clocks.VALIDITY);
				case 1 -> chance.between(4 * MINUTE, 11 * MINUTE);
				default -> Clocks.VALIDITY + date - atAws() - chance.between(0, 5 * SECOND);
			};
			case DELIVERED, ANSWER_LOST, ERROR_BEFORE, ERROR_AFTER, THROTTLED, REFUSED -> trip;
		};
		world.count(Happening.valueOf(fate.name()));
		world.log("attempt %d at #%d is sent: %s", attempt, request, fate);
		if (fate == Fate.UNREACHABLE) {
			flight.answer(Attempt.Outcome.NOT_SENT, null, world.now() + trip);
		}
		if (delay != Actor.NEVER) {
			world.agenda().add(world.now() + Math.max(trip, delay), () -> arrive(flight, fate));
		}
		return flight;
	}

	private void arrive(Flight flight, Fate fate) {
		var answeredAt = world.now() + world.chance().between(5L, 400L);
		if (fate == Fate.DELAYED) {
			world.count(Happening.ARRIVED_LATE);
		}
		var validity = world.breaks(Breach.LONG_REQUEST_VALIDITY) ? 2 * Clocks.VALIDITY : Clocks.VALIDITY;
		if (atAws() > flight.date + validity) {
			world.count(Happening.EXPIRED);
			world.log("attempt %d at #%d arrives too late", flight.attempt, flight.request);
			flight.answer(Attempt.Outcome.NOT_SENT, null, answeredAt);
			return;
		}
		switch (fate) {
			case DELIVERED, DELAYED -> flight.answer(Attempt.Outcome.CREATED, make(flight).id, answeredAt);
			case ANSWER_LOST -> make(flight);
			case ERROR_BEFORE -> flight.answer(Attempt.Outcome.UNKNOWN, null, answeredAt);
			case ERROR_AFTER -> {
				make(flight);
				flight.answer(Attempt.Outcome.UNKNOWN, null, answeredAt);
			}
			case THROTTLED -> {
				world.budget().lower(world.chance().between(Clocks.SECOND, Clocks.MINUTE));
				flight.answer(Attempt.Outcome.NOT_SENT, null, answeredAt);
			}
			case REFUSED -> flight.answer(Attempt.Outcome.REFUSED, null, answeredAt);
			case REQUEST_LOST, UNREACHABLE -> throw new IllegalStateException("It cannot arrive");
		}
	}

	private Remote make(Flight flight) {
		var chance = world.chance();
		var names = Set.of(flight.flowName);
		if (chance.oneIn(4)) {
			world.count(Happening.BATCHES);
			names = Set.of(flight.flowName + "-b1", flight.flowName + "-b2");
		}
		return add(new Remote("own-" + remotes.size(), flight.request, names, true));
	}

	void makeForeign(String flowName, boolean isAlike) {
		world.count(Happening.FOREIGN_MADE);
		add(new Remote("foreign-" + remotes.size(), NOBODY, Set.of(flowName), isAlike));
	}

	private Remote add(Remote remote) {
		var chance = world.chance();
		var now = world.now();
		remote.createdAt = atAws();
		var mostLag = world.breaks(Breach.SLOW_LISTS) ? 3 * MINUTE : Clocks.MOST_LAG;
		remote.stepsFrom = now;
		for (var replica = 0; replica < REPLICAS; replica++) {
			var isLate = chance.oneIn(2);
			remote.listedFrom[replica] = isLate ? now + chance.upTo(mostLag) : now;
			remote.readableFrom[replica] = now + (chance.oneIn(8) ? chance.between(0, 10 * MINUTE) : 0);
		}
		if (chance.oneIn(4)) {
			world.count(Happening.LATE_STEPS);
			remote.stepsFrom = now + chance.between(0, chance.oneIn(20) ? 2 * Clocks.LIMIT : 8 * MINUTE);
		}
		remotes.add(remote);
		if (remote.request != NOBODY) {
			counts[remote.request]++;
		}
		world.log("AWS makes %s for #%d, of %s", remote.id, remote.request, remote.flowNames);
		return remote;
	}

	/** Asks for nothing but what is there. */
	void deleteForeign() {
		for (var remote : remotes) {
			if (remote.request == NOBODY && remote.isThere()) {
				world.count(Happening.FOREIGN_DELETED);
				delete(remote);
				return;
			}
		}
	}

	void delete(String id) {
		var remote = find(id);
		if (remote.isThere()) {
			delete(remote);
		}
	}

	private void delete(Remote remote) {
		remote.deletedAt = world.now();
		if (remote.request != NOBODY) {
			counts[remote.request]--;
		}
		remote.unlistedFrom = world.now() + world.chance().upTo(Clocks.MOST_LAG);
		world.log("AWS deletes %s", remote.id);
	}

	// lists

	/** Starts at the end that its pages start at. */
	Listing list(long from) {
		return new Listing(from, isNewestFirst ? remotes.size() - 1 : 0);
	}

	/**
	 * Two listed workflows at most, as one of the replicas knows them.
	 * @return null when there are no more
	 */
	@Nullable List<Remote> page(Listing listing) {
		var replica = world.chance().between(0, REPLICAS - 1);
		var page = new ArrayList<Remote>();
		while (page.size() < PAGE && listing.place >= 0 && listing.place < remotes.size()) {
			var remote = remotes.get(listing.place);
			listing.place += isNewestFirst ? -1 : 1;
			if (remote.createdAt < listing.from || world.now() >= remote.unlistedFrom) {
				continue;
			}
			if (world.now() < remote.listedFrom[replica]) {
				world.count(Happening.LISTED_LATE);
				continue;
			}
			page.add(remote);
		}
		return page.isEmpty() ? null : page;
	}

	/**
	 * Reads a workflow and its steps.
	 * @param known what is remembered of it
	 * @return null when a replica does not know it yet
	 */
	@Nullable Sighting read(Remote remote, @Nullable Sighting known) {
		var replica = world.chance().between(0, REPLICAS - 1);
		if (known == null && world.now() < remote.readableFrom[replica]) {
			world.count(Happening.UNREADABLE);
			return null;
		}
		var flowNames = (world.now() < remote.stepsFrom) ? Set.<String>of() : remote.flowNames;
		if (flowNames.isEmpty()) {
			world.count(Happening.SILENT);
		}
		return new Sighting(remote.id, "IN_PROGRESS", Instant.ofEpochMilli(remote.createdAt),
				remote.tellsAttributes ? WorldWorkflow.CONNECTOR : null,
				remote.tellsAttributes ? WorldWorkflow.PROFILE : null,
				remote.isAlike ? remote.tellsAttributes ? WorldWorkflow.ROLE : null : "arn:aws:iam::1:role/other",
				flowNames);
	}

	// what nobody but the invariants and a careful operator sees

	int countOf(int request) {
		return counts[request];
	}

	@Nullable Remote findOwnOf(int request) {
		for (var remote : remotes) {
			if (remote.request == request && remote.isThere()) {
				return remote;
			}
		}
		return null;
	}

	Remote find(String id) {
		for (var remote : remotes) {
			if (remote.id.equals(id)) {
				return remote;
			}
		}
		throw new Violation(id + " was never made");
	}

	/** AWS's time. */
	long atAws() {
		return world.now() + clock;
	}

	private enum Fate {

		DELIVERED, ANSWER_LOST, DELAYED, REQUEST_LOST, ERROR_BEFORE, ERROR_AFTER, THROTTLED, UNREACHABLE, REFUSED

	}

	/**
	 * A request under way.
	 */
	static final class Flight {

		private final int request;

		private final String flowName;

		private final int attempt;

		private final long date;

		private long answeredAt = Actor.NEVER;

		private Attempt.Outcome outcome = Attempt.Outcome.UNKNOWN;

		private @Nullable String remoteId;

		Flight(int request, String flowName, int attempt, long date) {
			this.request = request;
			this.flowName = flowName;
			this.attempt = attempt;
			this.date = date;
		}

		private void answer(Attempt.Outcome outcome, @Nullable String remoteId, long answeredAt) {
			this.outcome = outcome;
			this.remoteId = remoteId;
			this.answeredAt = answeredAt;
		}

		long answeredAt() {
			return answeredAt;
		}

		Attempt.Outcome outcome() {
			return outcome;
		}

		@Nullable String remoteId() {
			return remoteId;
		}

	}

	/**
	 * How far a listing has come.
	 */
	static final class Listing {

		private final long from;

		private int place;

		Listing(long from, int place) {
			this.from = from;
			this.place = place;
		}

	}

	/**
	 * A workflow at AWS.
	 */
	final class Remote {

		final String id;

		final int request;

		final Set<String> flowNames;

		private final boolean isAlike;

		private final boolean tellsAttributes = !world.chance().oneIn(8);

		private final long[] listedFrom = new long[REPLICAS];

		private final long[] readableFrom = new long[REPLICAS];

		private long createdAt;

		private long stepsFrom;

		private long deletedAt = Actor.NEVER;

		private long unlistedFrom = Actor.NEVER;

		Remote(String id, int request, Set<String> flowNames, boolean isAlike) {
			this.id = id;
			this.request = request;
			this.flowNames = flowNames;
			this.isAlike = isAlike;
		}

		long createdAt() {
			return createdAt;
		}

		boolean isThere() {
			return deletedAt == Actor.NEVER;
		}

	}

}
