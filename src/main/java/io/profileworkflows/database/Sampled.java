package io.profileworkflows.database;

import java.util.function.Supplier;

import org.slf4j.Logger;

/**
 * A figure that is read from the database now and then. Metrics show the last reading, so
 * that a slow database cannot block them.
 */
public final class Sampled<T> implements Supplier<T> {

	private final Outage outage;

	private final Supplier<T> reading;

	private volatile T latest;

	/**
	 * @param what names the reading in the log, such as "Counting the pauses"
	 * @param first shown until the first reading
	 */
	public Sampled(Logger log, String what, T first, Supplier<T> reading) {
		this.outage = new Outage(log, what);
		this.latest = first;
		this.reading = reading;
	}

	/** Called by one thread at a time. Does not throw while the database is away. */
	public void read() {
		try {
			latest = reading.get();
			outage.over();
		}
		catch (RuntimeException failure) {
			outage.noticed(failure);
		}
	}

	@Override
	public T get() {
		return latest;
	}

}
