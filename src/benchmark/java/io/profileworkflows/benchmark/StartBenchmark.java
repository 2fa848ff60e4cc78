package io.profileworkflows.benchmark;

import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

/**
 * How soon a replica is ready with its cache, beside the plain jar, and how large it is
 * when nobody asks anything of it.
 */
@Benchmark
class StartBenchmark {

	private final Figures withCache = new Figures();

	private final Figures plain = new Figures();

	private final Figures idle = new Figures();

	@Test
	void isReadySoonAndSmall() throws Exception {
		var database = DurablePostgres.migrated("start");
		Service.start(database).close();
		new Rounds().with("start", () -> {
			try (var replica = Service.start(database)) {
				withCache.add(replica.untilReady().toMillis());
				replica.awaitIdle();
				idle.add(replica.resident());
				return "ready after %s, %d MiB".formatted(replica.untilReady(), replica.resident());
			}
		}).with("start of the plain jar", () -> {
			try (var replica = Service.startPlain(database)) {
				plain.add(replica.untilReady().toMillis());
				return "ready after " + replica.untilReady();
			}
		}).run();
		var ratio = withCache.median() / plain.median();
		Report.add(new Row(What.START, withCache.milliseconds(), "plain jar " + plain.milliseconds(),
				Figures.fraction(ratio), ratio <= 0.6));
		Report.add(new Row(What.IDLE, idle.mebibytes(), "", "", idle.median() <= 300));
	}

}
