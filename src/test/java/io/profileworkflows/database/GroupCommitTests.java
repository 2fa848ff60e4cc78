package io.profileworkflows.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class GroupCommitTests {

	private static final int UNLUCKY = 1013;

	private static final int WITHOUT_DATABASE = 1099;

	private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());

	private final List<String> traces = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch open = new CountDownLatch(1);

	private final GroupCommit<Integer, String> commits = new GroupCommit<>(1, this::commit);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	@AfterEach
	void end() {
		open.countDown();
		threads.close();
	}

	@Test
	void commitsWhoIsAloneAtOnce() {
		open.countDown();

		assertThat(commits.commit(7)).isEqualTo("made of 7");

		assertThat(groups).containsExactly(List.of(7));
	}

	@Test
	void hasNothingForWhatHasNoResult() {
		open.countDown();

		assertThat(commits.commit(-1)).isNull();
	}

	@Test
	void commitsTogetherWhatGathersMeanwhile() throws Exception {
		var results = whileOneIsUnderWay(IntStream.range(0, 20).boxed().toList());

		for (int number = 0; number < 20; number++) {
			assertThat(results.get(number).get()).isEqualTo("made of " + number);
		}
		assertThat(groups).extracting(List::size).containsExactly(1, 20);
	}

	@Test
	void carriesOutAsManyGroupsAtOnceAsItMay() {
		var two = new GroupCommit<>(2, this::commit);

		var results = IntStream.range(0, 2).mapToObj(number -> threads.submit(() -> two.commit(number))).toList();

		await().until(() -> groups.size() == 2);
		open.countDown();
		done(results);
	}

	@Test
	void makesNoGroupOfMoreThanAHundred() {
		done(whileOneIsUnderWay(IntStream.range(0, 250).boxed().toList()));

		assertThat(groups).extracting(List::size).containsExactly(1, 100, 100, 50);
	}

	@Test
	void failsNobodyButTheOneThatFails() throws Exception {
		var results = whileOneIsUnderWay(List.of(1, UNLUCKY, 2));

		assertThat(results.get(0).get()).isEqualTo("made of 1");
		assertThat(results.get(2).get()).isEqualTo("made of 2");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> results.get(1).get())
			.withMessageContaining("unlucky");
	}

	@Test
	void triesNothingAgainAloneWhenTheDatabaseIsAway() {
		var results = whileOneIsUnderWay(List.of(1, WITHOUT_DATABASE, 2));

		for (var result : results) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(result::get).withMessageContaining("away");
		}
		assertThat(groups).hasSize(2);
	}

	@Test
	void logsForNobodyInParticularWhatIsCommittedTogether() {
		done(whileOneIsUnderWay(List.of(1, 2)));

		assertThat(traces).containsExactly("trace of 0", "none");
	}

	/** The others gather until the one is done. */
	private List<Future<String>> whileOneIsUnderWay(List<Integer> others) {
		var first = threads.submit(() -> inATrace(0));
		await().until(() -> groups.size() == 1);
		var results = others.stream().map(other -> threads.submit(() -> inATrace(other))).toList();
		await().until(() -> commits.waiting() == results.size());
		open.countDown();
		done(List.of(first));
		return results;
	}

	private static void done(List<Future<String>> results) {
		await().until(() -> results.stream().allMatch(Future::isDone));
	}

	private String inATrace(int number) {
		MDC.put("traceId", "trace of " + number);
		try {
			return commits.commit(number);
		}
		finally {
			assertThat(MDC.get("traceId")).isEqualTo("trace of " + number);
			MDC.clear();
		}
	}

	private Map<Integer, String> commit(List<Integer> numbers) {
		groups.add(numbers);
		traces.add(MDC.get("traceId") != null ? MDC.get("traceId") : "none");
		try {
			open.await();
		}
		catch (InterruptedException failure) {
			throw new IllegalStateException(failure);
		}
		if (numbers.contains(UNLUCKY)) {
			throw new IllegalArgumentException("That is unlucky");
		}
		if (numbers.contains(WITHOUT_DATABASE)) {
			throw new QueryTimeoutException("The database is away");
		}
		var results = new HashMap<Integer, String>();
		numbers.stream().filter(number -> number >= 0).forEach(number -> results.put(number, "made of " + number));
		return results;
	}

}
