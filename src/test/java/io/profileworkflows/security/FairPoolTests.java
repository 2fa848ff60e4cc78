package io.profileworkflows.security;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@OnTheSide
class FairPoolTests {

	private final FairPool pool = new FairPool("fair", 1);

	private final ExecutorService callers = Executors.newCachedThreadPool();

	@AfterEach
	void end() {
		pool.close();
		callers.shutdownNow();
	}

	@Test
	void computesOnItsOwnThread() {
		assertThat(pool.<String>compute("crm", () -> Thread.currentThread().getName())).isEqualTo("fair-1");
	}

	@Test
	void failsAsTheWorkDoes() {
		assertThatThrownBy(() -> pool.compute("crm", () -> {
			throw new IllegalArgumentException("no work");
		})).isInstanceOf(IllegalArgumentException.class).hasMessage("no work");
		assertThat(pool.<Integer>compute("crm", () -> 1)).as("and goes on").isEqualTo(1);
	}

	@Test
	void servesOneCallerAfterTheOther() throws Exception {
		var mayEnd = new CountDownLatch(1);
		var served = new ConcurrentLinkedQueue<String>();
		var first = callers.submit(() -> pool.<Boolean>compute("greedy", () -> {
			mayEnd.await();
			return true;
		}));
		await().until(() -> isTaken(first));

		var many = IntStream.range(0, 50).mapToObj(_ -> submit("greedy", served)).toList();
		await().atMost(Duration.ofSeconds(20)).until(() -> pool.waiting() == 50);
		var one = submit("modest", served);
		await().atMost(Duration.ofSeconds(20)).until(() -> pool.waiting() == 51);
		mayEnd.countDown();
		one.get();

		for (var each : many) {
			each.get();
		}
		assertThat(List.copyOf(served).indexOf("modest")).as("its turn comes after one of the other's")
			.isLessThanOrEqualTo(1);
	}

	@Test
	void takesNoMoreWorkOnceItIsClosed() {
		pool.close();

		assertThatIllegalStateException().isThrownBy(() -> pool.compute("crm", () -> 1));
	}

	private boolean isTaken(Future<?> first) {
		return !first.isDone() && pool.waiting() == 0 && pool.working() == 1;
	}

	private Future<?> submit(String caller, ConcurrentLinkedQueue<String> served) {
		return callers.submit(() -> pool.<Boolean>compute(caller, () -> served.add(caller)));
	}

}
