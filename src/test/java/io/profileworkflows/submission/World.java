package io.profileworkflows.submission;

import org.jspecify.annotations.Nullable;

/**
 * A small world in virtual time: a database, two processes that submit and two that
 * reconcile, a network, AWS, and people. The decisions in it are the real ones; who does
 * what when is left to chance. One seed is one schedule.
 */
final class World {

	private static final int MOST_STEPS = 20_000;

	private static final int WILDEST = 3;

	private final Chance chance;

	private final @Nullable Breach breach;

	private final Tally tally;

	private final @Nullable StringBuilder log;

	private final int wildness;

	private final long calmFrom;

	private final long hiddenFrom;

	private final long hiddenUntil;

	private final int maxUnresolved;

	private final Agenda agenda = new Agenda();

	private final WorldBudget budget = new WorldBudget(this);

	private final Invariants invariants = new Invariants(this);

	private final WorldPeople people;

	private final WorldAws aws;

	private final Actor[] actors;

	private WorldTables tables = new WorldTables(this);

	private boolean isRestored;

	private long downUntil;

	private long now = Clocks.BEGINNING;

	private int steps;

	World(long seed, @Nullable Breach breach, Tally tally, @Nullable StringBuilder log) {
		this.chance = new Chance(seed);
		this.breach = breach;
		this.tally = tally;
		this.log = log;
		this.wildness = chance.oneIn(10) ? 0 : chance.between(1, WILDEST);
		this.calmFrom = now + chance.between(5L, 40L) * Clocks.MINUTE;
		this.maxUnresolved = chance.oneIn(4) ? chance.between(1, 3) : 50;
		this.hiddenFrom = chance.oneIn(30) ? now + chance.between(0, 10 * Clocks.MINUTE) : Actor.NEVER;
		this.hiddenUntil = (hiddenFrom != Actor.NEVER) ? hiddenFrom + chance.between(0, 3 * Clocks.LIMIT) : 0;
		this.aws = new WorldAws(this);
		this.people = new WorldPeople(this);
		this.actors = new Actor[] { agenda, new WorldWorker(this, "worker A"), new WorldWorker(this, "worker B"),
				new WorldReconciler(this, "reconciler A"), new WorldReconciler(this, "reconciler B") };
		people.plan();
	}

	/**
	 * Goes on until nothing is left to do.
	 * @return the number of steps
	 * @throws Violation of an invariant
	 */
	int run() {
		for (var next = next(); next != null; next = next()) {
			if (++steps > MOST_STEPS) {
				throw new Violation("It never comes to rest");
			}
			now = Math.max(now, next.at());
			next.step();
			invariants.check();
		}
		invariants.checkAtRest();
		return steps;
	}

	private @Nullable Actor next() {
		Actor next = null;
		var earliest = Actor.NEVER;
		for (var actor : actors) {
			var at = Math.max(actor.at(), now);
			if (at < earliest || at == earliest && at != Actor.NEVER && chance.oneIn(2)) {
				earliest = at;
				next = actor;
			}
		}
		return next;
	}

	void restore(WorldTables snapshot, long upAgain) {
		log("the database is restored");
		isRestored = true;
		downUntil = upAgain;
		tables = snapshot;
		for (var actor : actors) {
			if (breach != Breach.PROCESSES_OUTLIVE_RESTORE) {
				switch (actor) {
					case WorldWorker worker -> worker.die(upAgain);
					case WorldReconciler reconciler -> reconciler.die(upAgain);
					default -> {
					}
				}
			}
		}
	}

	/** Whether a process begins what was accepted at once. */
	boolean beginsAtOnce(WorldWorkflow accepted) {
		for (var actor : actors) {
			if (actor instanceof WorldWorker worker && worker.begins(accepted)) {
				return true;
			}
		}
		return false;
	}

	/** How long until somebody does its next step: a moment, unless it is frozen. */
	long pause(String name) {
		if (!isFaulty(25)) {
			return chance.between(1L, 200L);
		}
		count(Happening.FROZEN);
		var pause = switch (chance.between(0, 9)) {
			case 0, 1, 2 -> chance.between(Clocks.SECOND, 20 * Clocks.SECOND);
			case 3, 4, 5 -> chance.between(20 * Clocks.SECOND, 70 * Clocks.SECOND);
			case 6, 7, 8 -> chance.between(Clocks.MINUTE, 9 * Clocks.MINUTE);
			default -> chance.between(9 * Clocks.MINUTE, 40 * Clocks.MINUTE);
		};
		log("%s is frozen for %d s", name, pause / Clocks.SECOND);
		return pause;
	}

	/** Whether something goes wrong now, as often in the wildest of schedules. */
	boolean isFaulty(int oneIn) {
		return wildness > 0 && now < calmFrom && chance.oneIn(oneIn * WILDEST / wildness);
	}

	boolean isDomainHidden() {
		return now >= hiddenFrom && now < hiddenUntil;
	}

	boolean breaks(Breach rule) {
		return breach == rule;
	}

	void count(Happening happening) {
		tally.count(happening);
	}

	void log(String line, Object... values) {
		if (log != null) {
			log.append("%10.3f s  ".formatted((now - Clocks.BEGINNING) / 1000.0))
				.append(line.formatted(values))
				.append('\n');
		}
	}

	boolean isRestored() {
		return isRestored;
	}

	/**
	 * Whether nobody is there to ask, from a restore until it is being recovered from.
	 */
	boolean isDown() {
		return now < downUntil;
	}

	int maxUnresolved() {
		return maxUnresolved;
	}

	long now() {
		return now;
	}

	Chance chance() {
		return chance;
	}

	Agenda agenda() {
		return agenda;
	}

	WorldBudget budget() {
		return budget;
	}

	Invariants invariants() {
		return invariants;
	}

	WorldTables tables() {
		return tables;
	}

	WorldAws aws() {
		return aws;
	}

	WorldPeople people() {
		return people;
	}

}
