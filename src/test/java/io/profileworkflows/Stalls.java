package io.profileworkflows;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures for how long this machine lets a thread wait that is ready to go on.
 */
public final class Stalls implements AutoCloseable {

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);

	private final AtomicLong longest = new AtomicLong();

	private final Thread probe = Thread.ofPlatform().daemon().start(this::measure);

	private void measure() {
		try {
			while (true) {
				var begin = System.nanoTime();
				TimeUnit.NANOSECONDS.sleep(TICK);
				var late = System.nanoTime() - begin - TICK;
				longest.accumulateAndGet(late, Math::max);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	public Duration longest() {
		return Duration.ofNanos(longest.get());
	}

	public void forget() {
		longest.set(0);
	}

	@Override
	public void close() {
		probe.interrupt();
	}

}
