package io.profileworkflows.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * What shall go wrong from now on. A script comes first and in order; where it has
 * nothing for a call, chances are drawn from a seeded source. Changes hold for calls that
 * arrive afterwards.
 */
public final class Faults {

	private static final long FIRST_SEED = 42;

	private final List<Scripted> script = new ArrayList<>();

	private final List<Chance> chances = new ArrayList<>();

	private Lag lag = Lag.NONE;

	private long seed = FIRST_SEED;

	private Random random = new Random(FIRST_SEED);

	/** Lets the next calls of an operation meet these faults, one each. */
	public synchronized Faults next(Operation operation, Fault... faults) {
		for (var fault : faults) {
			script.add(new Scripted(operation, fault, 1));
		}
		return this;
	}

	/** Lets the next so many calls of an operation meet a fault. */
	public synchronized Faults next(Operation operation, int calls, Fault fault) {
		script.add(new Scripted(operation, fault, calls));
		return this;
	}

	/** Lets the next calls, whichever they are, meet these faults, one each. */
	public synchronized Faults nextOfAny(Fault... faults) {
		for (var fault : faults) {
			script.add(new Scripted(null, fault, 1));
		}
		return this;
	}

	/** Lets every call of an operation meet a fault, until cleared. */
	public Faults always(Operation operation, Fault fault) {
		return add(new Chance(operation, fault, 1));
	}

	public Faults chance(Operation operation, Fault fault, double probability) {
		return add(new Chance(operation, fault, probability));
	}

	public Faults chanceForAny(Fault fault, double probability) {
		return add(new Chance(null, fault, probability));
	}

	/** Starts the source of chances anew, so that a run can be repeated. */
	public synchronized Faults seed(long seed) {
		this.seed = seed;
		random = new Random(seed);
		return this;
	}

	public synchronized Faults lag(Lag lag) {
		this.lag = lag;
		return this;
	}

	public synchronized Lag lag() {
		return lag;
	}

	public synchronized void clear() {
		script.clear();
		chances.clear();
		lag = Lag.NONE;
		seed(FIRST_SEED);
	}

	/** Takes another plan at once: no call sees half of it. */
	synchronized void replace(Plan plan) {
		var before = plan();
		clear();
		try {
			script.addAll(plan.script());
			plan.chances().forEach(this::add);
			lag = plan.lag();
			seed(plan.seed());
		}
		catch (IllegalArgumentException failure) {
			clear();
			script.addAll(before.script());
			chances.addAll(before.chances());
			lag = before.lag();
			seed(before.seed());
			throw failure;
		}
	}

	synchronized Plan plan() {
		return new Plan(List.copyOf(script), List.copyOf(chances), lag, seed);
	}

	synchronized @Nullable Fault take(Operation operation) {
		for (var candidates = script.listIterator(); candidates.hasNext();) {
			var candidate = candidates.next();
			if (candidate.concerns(operation)) {
				if (candidate.times() > 1) {
					candidates.set(candidate.once());
				}
				else {
					candidates.remove();
				}
				return candidate.fault();
			}
		}
		return draw(operation);
	}

	private @Nullable Fault draw(Operation operation) {
		if (chances.isEmpty()) {
			return null;
		}
		var draw = random.nextDouble();
		for (var chance : chances) {
			if (chance.concerns(operation)) {
				draw -= chance.probability();
				if (draw < 0) {
					return chance.fault();
				}
			}
		}
		return null;
	}

	private synchronized Faults add(Chance chance) {
		for (var operation : Operation.values()) {
			if (chance.concerns(operation) && sum(operation) + chance.probability() > 1 + 1e-9) {
				throw new IllegalArgumentException(
						"The chances of all faults of %s exceed 1".formatted(operation.wireName()));
			}
		}
		chances.add(chance);
		return this;
	}

	private double sum(Operation operation) {
		return chances.stream().filter(chance -> chance.concerns(operation)).mapToDouble(Chance::probability).sum();
	}

	/**
	 * How long a new workflow stays hidden from reads, as at a service that is only
	 * eventually consistent. All counted from its creation.
	 */
	public record Lag(Duration list, Duration get, Duration steps, Duration delete) {

		public static final Lag NONE = new Lag(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

		public Lag(Duration list, Duration get, Duration steps) {
			this(list, get, steps, Duration.ZERO);
		}

		public Lag withDelete(Duration delete) {
			return new Lag(list, get, steps, delete);
		}

	}

	record Plan(List<Scripted> script, List<Chance> chances, Lag lag, long seed) {
	}

	record Scripted(@Nullable Operation operation, Fault fault, int times) {

		Scripted {
			if (times < 1) {
				throw new IllegalArgumentException("A fault happens at least once, not %s times".formatted(times));
			}
		}

		boolean concerns(Operation called) {
			return operation == null || operation == called;
		}

		Scripted once() {
			return new Scripted(operation, fault, times - 1);
		}
	}

	record Chance(@Nullable Operation operation, Fault fault, double probability) {

		Chance {
			if (!(probability > 0 && probability <= 1)) {
				throw new IllegalArgumentException("A chance lies between 0 and 1, unlike %s".formatted(probability));
			}
		}

		boolean concerns(Operation called) {
			return operation == null || operation == called;
		}
	}

}
