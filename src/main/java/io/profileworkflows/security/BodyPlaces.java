package io.profileworkflows.security;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may send a large body now, and who has to give way to others. Those who have least
 * come first, and nobody has to give way who sends fast.
 */
class BodyPlaces {

	/** Has no bodies, so that everybody has more. */
	static final Sender NOBODY = new Sender("", "");

	private final int most;

	private final Set<AwaitedBody> taken = new LinkedHashSet<>();

	private final Set<AwaitedBody> waiting = new LinkedHashSet<>();

	BodyPlaces(int most) {
		this.most = most;
	}

	/** Takes a place where one is free and nobody waits for it. */
	boolean take(AwaitedBody body) {
		if (taken.size() < most && waiting.isEmpty()) {
			return taken.add(body);
		}
		waiting.add(body);
		return false;
	}

	/** Gives a free place to the one of those who wait whose sender has least. */
	Optional<AwaitedBody> takeNext() {
		var next = (taken.size() < most) ? next() : Optional.<AwaitedBody>empty();
		next.ifPresent(body -> {
			waiting.remove(body);
			taken.add(body);
		});
		return next;
	}

	/**
	 * The body that has to give way to the next of those who wait.
	 * @return empty when all are fast, or their senders have less than the one who waits
	 */
	Optional<AwaitedBody> givesWay() {
		return next().flatMap(body -> slowest(taken, body.sender()));
	}

	/**
	 * The oldest of the bodies that come too slowly: of the address, and there of the
	 * sender, that has most of them.
	 * @param other who has no more than that
	 */
	static Optional<AwaitedBody> slowest(Collection<AwaitedBody> bodies, Sender other) {
		var share = share(bodies);
		return first(bodies.stream().filter(AwaitedBody::isLate),
				Comparator.<AwaitedBody, Sender>comparing(AwaitedBody::sender, share).reversed())
			.filter(late -> share.compare(late.sender(), other) >= 0);
	}

	boolean isWaiting(AwaitedBody body) {
		return waiting.contains(body);
	}

	boolean isWaitedFor() {
		return !waiting.isEmpty();
	}

	/**
	 * Gives its place back.
	 * @return whether it had one
	 */
	boolean leave(AwaitedBody body) {
		waiting.remove(body);
		return taken.remove(body);
	}

	private Optional<AwaitedBody> next() {
		return first(waiting.stream(), Comparator.comparing(AwaitedBody::sender, share(taken)));
	}

	private static Comparator<Sender> share(Collection<AwaitedBody> bodies) {
		return Comparator
			.<Sender>comparingLong(
					sender -> bodies.stream().filter(body -> body.sender().address().equals(sender.address())).count())
			.thenComparingLong(sender -> bodies.stream().filter(body -> body.sender().equals(sender)).count());
	}

	/** Of equal ones, the one that came first. */
	private static Optional<AwaitedBody> first(Stream<AwaitedBody> bodies, Comparator<AwaitedBody> order) {
		return bodies.reduce((one, later) -> (order.compare(one, later) <= 0) ? one : later);
	}

}
