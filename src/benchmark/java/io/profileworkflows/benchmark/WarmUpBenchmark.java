package io.profileworkflows.benchmark;

import java.util.List;

import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * How much a new replica accepts in its first half minute, beside what it accepts when it
 * is warm: with the profiles of methods that its cache holds, and without.
 */
@Benchmark
class WarmUpBenchmark {

	/** Its classes are taken from the cache, but not the profiles. */
	private static final List<String> WITHOUT_PROFILES = List.of("-XX:+UnlockDiagnosticVMOptions",
			"-XX:-AOTReplayTraining");

	private final Figures cold = new Figures();

	private final Figures withoutProfiles = new Figures();

	private final Figures warm = new Figures();

	@Test
	void isSoonAsFastAsWhenItIsWarm() throws Exception {
		var database = DurablePostgres.migrated("warm_up");
		try (var replica = Service.start(database)) {
			replica.work();
			Rounds.untilSteady("accept", () -> Clients.atFullRate(replica.port(), Rounds.seconds(8)));
			new Rounds().with("warm", () -> accept(replica, warm)).run();
		}
		// the clients are warm now, too: a cold replica is measured, not cold clients
		new Rounds().with("first half minute", () -> begin(database, List.of(), cold))
			.with("first half minute, without profiles", () -> begin(database, WITHOUT_PROFILES, withoutProfiles))
			.run();
		var ratio = cold.median() / warm.median();
		Report.add(new Row(What.WARM_UP, cold.perSecond(),
				"warm %s; without profiles %s".formatted(warm.perSecond(), withoutProfiles.perSecond()),
				Figures.fraction(ratio), ratio >= 0.6));
	}

	private static String begin(JdbcConnectionDetails database, List<String> options, Figures figures)
			throws Exception {
		try (var replica = Service.startWith(options, database)) {
			return accept(replica, figures);
		}
	}

	private static String accept(Service replica, Figures figures) throws InterruptedException {
		var before = replica.used();
		replica.empty();
		replica.work();
		var throughput = Clients.atFullRate(replica.port(), Rounds.seconds(30));
		replica.rest();
		Accepted.requireAllOf(replica.jdbc(), throughput.done());
		figures.add(throughput.perSecond());
		return "%s, of the processors it used %d s".formatted(throughput, replica.used().minus(before).toSeconds());
	}

}
