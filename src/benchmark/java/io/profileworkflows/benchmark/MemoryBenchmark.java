package io.profileworkflows.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

/**
 * How large a replica gets that accepts as much as it can, and works off what AWS's usual
 * quota allows.
 */
@Benchmark
class MemoryBenchmark {

	private static final Duration DURATION = Rounds.LONG ? Duration.ofMinutes(10) : Rounds.seconds(120);

	private static final Duration LOOK = Rounds.seconds(10);

	private static final int GOAL = 420;

	/** What still counts as no growth, in MiB: pages come and go. */
	private static final int UNSTEADY = 8;

	@Test
	void staysSmall() throws Exception {
		var database = DurablePostgres.migrated("memory");
		List<Long> sizes;
		try (var replica = Service.start(database)) {
			replica.work();
			sizes = measure(replica);
		}
		var half = sizes.subList(sizes.size() / 2, sizes.size());
		var most = sizes.stream().mapToLong(Long::longValue).max().orElseThrow();
		var growth = growth(half);
		Report.add(new Row(What.MEMORY,
				"%d MiB at most, %+d in the last %s s".formatted(most, growth, DURATION.dividedBy(2).toSeconds()), "",
				"", most <= GOAL && growth <= UNSTEADY));
	}

	/**
	 * What is usual in the second half is compared with what was in the first: a single
	 * look says little.
	 */
	private static long growth(List<Long> sizes) {
		var middle = sizes.size() / 2;
		return median(sizes.subList(middle, sizes.size())) - median(sizes.subList(0, middle));
	}

	private static long median(List<Long> sizes) {
		return sizes.stream().sorted().skip(sizes.size() / 2).findFirst().orElse(0L);
	}

	/** Resident MiB, each ten seconds. */
	private static List<Long> measure(Service replica) throws IOException, InterruptedException {
		var accepting = CompletableFuture.supplyAsync(() -> Clients.atFullRate(replica.port(), DURATION));
		var sizes = new ArrayList<Long>();
		while (!accepting.isDone()) {
			Thread.sleep(LOOK);
			sizes.add(replica.resident());
		}
		var accepted = accepting.join();
		replica.rest();
		System.out.printf("accepted %s; resident MiB: %s%n", accepted, sizes);
		Accepted.requireAllOf(replica.jdbc(), accepted.done());
		return sizes;
	}

}
