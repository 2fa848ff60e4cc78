package io.profileworkflows.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import io.profileworkflows.image.HttpConnection;
import io.profileworkflows.workflow.WorkflowId;

/**
 * Many who ask for workflows at the same time, each on their own connection. Every answer
 * has to be a 202.
 */
final class Clients {

	static final int NUMBER = 16;

	/** Enough that none has to wait for a connection, unless the service stalls. */
	private static final int MOST_UNDER_WAY = 64;

	private static final int ACCEPTED = 202;

	/** No request is like another one of this process. */
	private static final AtomicLong NUMBERS = new AtomicLong();

	private Clients() {
	}

	/** A number that no request has yet. */
	static long nextNumber() {
		return NUMBERS.incrementAndGet();
	}

	/** Each sends the next request as soon as the last one is answered. */
	static Throughput atFullRate(int port, Duration duration) {
		var end = System.nanoTime() + duration.toNanos();
		return together(NUMBER, _ -> () -> {
			try (var connection = new HttpConnection(port)) {
				var requests = new Requests();
				var accepted = 0L;
				while (System.nanoTime() < end) {
					accept(connection, requests);
					accepted++;
				}
				return accepted;
			}
		});
	}

	/**
	 * So many a second, whether the service keeps up or not: what has to wait is late
	 * from the time at which it was to be sent.
	 */
	static Latencies atRate(int port, double perSecond, Duration duration) {
		var latencies = new Latencies((int) (perSecond * duration.toMillis() / 1000));
		var next = new AtomicLong();
		var begin = System.nanoTime() + Duration.ofMillis(100).toNanos();
		var interval = 1e9 / perSecond;
		together(MOST_UNDER_WAY, _ -> () -> {
			try (var connection = new HttpConnection(port)) {
				var requests = new Requests();
				var accepted = 0L;
				for (var turn = next.getAndIncrement(); turn < latencies.capacity(); turn = next.getAndIncrement()) {
					var due = begin + Math.round(turn * interval);
					for (var now = System.nanoTime(); now < due; now = System.nanoTime()) {
						LockSupport.parkNanos(due - now);
					}
					accept(connection, requests);
					latencies.add(System.nanoTime() - due);
					accepted++;
				}
				return accepted;
			}
		});
		return latencies;
	}

	/**
	 * Asks for one.
	 * @return its id
	 */
	static UUID accept(int port) {
		try (var connection = new HttpConnection(port)) {
			accept(connection, new Requests());
			var location = connection.header("Location");
			return WorkflowId.of(location.substring(location.lastIndexOf('/') + 1)).value();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static void accept(HttpConnection connection, Requests requests) throws IOException {
		if (connection.send(requests.numbered(nextNumber())) != ACCEPTED) {
			throw new AssertionError("Not accepted: " + connection.answer());
		}
	}

	/** Lets all begin at once, and counts what they did until the last has ended. */
	static Throughput together(int number, IntFunction<Callable<Long>> work) {
		var ready = new CountDownLatch(number);
		var results = new ArrayList<Future<Long>>();
		try (var threads = Executors.newFixedThreadPool(number)) {
			for (int index = 0; index < number; index++) {
				var own = work.apply(index);
				results.add(threads.submit(() -> {
					ready.countDown();
					ready.await();
					return own.call();
				}));
			}
			ready.await();
			var begin = System.nanoTime();
			var done = 0L;
			for (var result : results) {
				done += result.get();
			}
			return new Throughput(done, System.nanoTime() - begin);
		}
		catch (ExecutionException failure) {
			throw new AssertionError(failure.getCause());
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	record Throughput(long done, long nanos) {

		double perSecond() {
			return done * 1e9 / nanos;
		}

		@Override
		public String toString() {
			return "%d in %.1f s, %.0f/s".formatted(done, nanos / 1e9, perSecond());
		}

	}

}
