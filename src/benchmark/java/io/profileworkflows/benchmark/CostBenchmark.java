package io.profileworkflows.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

/**
 * What one workflow costs from its accept until it is SUBMITTED, and how soon after the
 * answer AWS is called, at 20 a second.
 */
@Benchmark
class CostBenchmark {

	private static final int PER_SECOND = 20;

	private static final Duration DURATION = Rounds.seconds(30);

	/** Of the times in /proc. */
	private static final double TICKS_PER_SECOND = 100;

	private final Figures wal = new Figures();

	private final Figures time = new Figures();

	private final Figures median = new Figures();

	private final Figures late = new Figures();

	@Test
	void costsLittle() throws Exception {
		var database = DurablePostgres.migrated("cost");
		try (var service = Service.start(database, Service.WITHOUT_LIMIT)) {
			Rounds.untilSteady("accept", () -> Clients.atFullRate(service.port(), Rounds.seconds(8)));
			Rounds.untilSoon("answer to call",
					() -> DispatchBenchmark.dispatch(service, service, PER_SECOND, Rounds.seconds(10)));

			new Rounds().with("20 a second", () -> measure(service)).run();
		}
		Report.add(new Row(What.COST_WAL, "%s bytes".formatted(Figures.whole(wal.median())), "", "",
				wal.median() <= 6 * 1024));
		Report.add(new Row(What.COST_TIME, time.milliseconds(), "", "", time.median() <= 5));
		Report.add(new Row(What.ANSWER_TO_CALL, "p50 %s, p99 %s".formatted(median.milliseconds(), late.milliseconds()),
				"", "", median.median() <= 5 && late.median() <= 25));
	}

	private String measure(Service service) throws Exception {
		var written = written(service);
		var used = used(service);
		var latencies = DispatchBenchmark.dispatch(service, service, PER_SECOND, DURATION);
		var number = PER_SECOND * DURATION.toSeconds();
		wal.add((written(service) - written) / number);
		time.add((used(service) - used) * 1000 / number);
		median.add(latencies.percentile(50));
		late.add(latencies.percentile(99));
		return latencies.toString();
	}

	/** Bytes of WAL so far. */
	private static double written(Service service) {
		return service.jdbc().sql("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn").query(Double.class).single();
	}

	/** Seconds of the processors that the service and PostgreSQL have used so far. */
	private static double used(Service service) throws IOException {
		var backend = service.jdbc().sql("select pg_backend_pid()").query(Long.class).single();
		var postmaster = stat(Path.of("/proc", backend.toString())).orElseThrow()[1];
		var ended = stat(Path.of("/proc", postmaster)).orElseThrow();
		var ticks = Long.parseLong(ended[13]) + Long.parseLong(ended[14]);
		try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
			for (var process : processes) {
				ticks += stat(process).filter(stat -> stat[1].equals(postmaster))
					.map(stat -> Long.parseLong(stat[11]) + Long.parseLong(stat[12]))
					.orElse(0L);
			}
		}
		return ticks / TICKS_PER_SECOND + service.used().toMillis() / 1000.0;
	}

	/**
	 * Its fields after the name.
	 * @return nothing if it has ended meanwhile
	 */
	private static Optional<String[]> stat(Path process) {
		try {
			var line = Files.readString(process.resolve("stat"));
			return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
		}
		catch (IOException _) {
			return Optional.empty();
		}
	}

}
