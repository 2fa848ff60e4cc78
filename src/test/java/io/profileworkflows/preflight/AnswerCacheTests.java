package io.profileworkflows.preflight;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.preflight.AwsAnswer.Absent;
import io.profileworkflows.preflight.AwsAnswer.Found;
import io.profileworkflows.preflight.AwsAnswer.Untold;
import org.junit.jupiter.api.Test;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AnswerCacheTests {

	private static final Duration KEPT_FOR = Duration.ofMinutes(1);

	private final AtomicLong time = new AtomicLong();

	private final AtomicInteger asked = new AtomicInteger();

	private volatile AwsAnswer<String> answer = new Found<>("yes");

	private volatile CountDownLatch gate = new CountDownLatch(0);

	private final AnswerCache<String, String> memory = new AnswerCache<>(this::source, KEPT_FOR, Runnable::run,
			time::get);

	@Test
	void asksOnceWithinItsTime() {
		assertThat(ask()).isEqualTo(new Found<>("yes"));
		answer = new Absent<>();
		pass(KEPT_FOR.minusNanos(1));
		assertThat(ask()).isEqualTo(new Found<>("yes"));
		assertThat(asked).hasValue(1);

		pass(Duration.ofNanos(1));

		assertThat(ask()).isEqualTo(new Absent<>());
		assertThat(asked).hasValue(2);
	}

	@Test
	void keepsWhatIsNotThereAsLong() {
		answer = new Absent<>();
		ask();
		pass(KEPT_FOR.minusNanos(1));
		ask();

		assertThat(asked).hasValue(1);
	}

	@Test
	void asksAgainSoonForWhatWasNotTold() {
		answer = new Untold<>("throttled");
		ask();
		ask();
		assertThat(asked).as("not at once").hasValue(1);

		pass(Duration.ofSeconds(5));
		answer = new Found<>("yes");

		assertThat(ask()).isEqualTo(new Found<>("yes"));
	}

	@Test
	void tellsQuestionsApart() {
		memory.ask("left", Deadline.in(KEPT_FOR));
		memory.ask("right", Deadline.in(KEPT_FOR));

		assertThat(asked).hasValue(2);
	}

	@Test
	void asksOnceForAllWhoAskAtTheSameTime() throws InterruptedException {
		gate = new CountDownLatch(1);
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var shared = new AnswerCache<>(this::source, KEPT_FOR, threads, time::get);
			Callable<AwsAnswer<String>> ask = () -> shared.ask("this", Deadline.in(Duration.ofSeconds(20)));
			var answers = nCopies(20, ask).stream().map(threads::submit).toList();
			await().until(() -> asked.get() > 0);
			gate.countDown();

			assertThat(answers).extracting(future -> (Object) future.get()).containsOnly(new Found<>("yes"));
		}
		assertThat(asked).hasValue(1);
	}

	@Test
	void letsAskersGiveUpWithoutStoppingOthers() {
		gate = new CountDownLatch(1);
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var slow = new AnswerCache<>(this::source, KEPT_FOR, threads, time::get);

			assertThat(slow.ask("this", Deadline.in(Duration.ofMillis(20)))).isInstanceOf(Untold.class);
			gate.countDown();

			assertThat(slow.ask("this", Deadline.in(Duration.ofSeconds(20)))).isEqualTo(new Found<>("yes"));
			assertThat(asked).hasValue(1);
		}
	}

	@Test
	void saysThatItFailedAndRemembersNoneOfIt() {
		var broken = new AnswerCache<String, String>(_ -> {
			asked.incrementAndGet();
			throw new IllegalStateException("broken");
		}, KEPT_FOR, Runnable::run, time::get);

		assertThat(List.of(broken.ask("this", Deadline.in(KEPT_FOR)), broken.ask("this", Deadline.in(KEPT_FOR))))
			.allMatch(Untold.class::isInstance);
		assertThat(asked).hasValue(2);
	}

	private AwsAnswer<String> source(String question) {
		asked.incrementAndGet();
		try {
			gate.await();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		return answer;
	}

	private AwsAnswer<String> ask() {
		return memory.ask("this", Deadline.in(KEPT_FOR));
	}

	private void pass(Duration duration) {
		time.addAndGet(duration.toNanos());
	}

}
