package io.profileworkflows.submission;

import java.util.PriorityQueue;

/**
 * What will happen by itself: requests that arrive, and what people do.
 */
final class Agenda implements Actor {

	private final PriorityQueue<Entry> entries = new PriorityQueue<>();

	private int added;

	void add(long at, Runnable action) {
		entries.add(new Entry(at, added++, action));
	}

	@Override
	public long at() {
		var next = entries.peek();
		return (next != null) ? next.at() : NEVER;
	}

	@Override
	public void step() {
		entries.remove().action().run();
	}

	private record Entry(long at, int number, Runnable action) implements Comparable<Entry> {

		@Override
		public int compareTo(Entry other) {
			return (at != other.at) ? Long.compare(at, other.at) : Integer.compare(number, other.number);
		}

	}

}
