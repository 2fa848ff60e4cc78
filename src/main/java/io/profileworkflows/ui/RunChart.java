package io.profileworkflows.ui;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.profileworkflows.flows.Runs.SeenRun;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a flow as bars, the latest on the right. The height of a bar is the number
 * of records, on a scale that shows few of them too.
 *
 * @param runs the latest first
 */
record RunChart(List<Bar> bars, List<SeenRun> runs, int width) {

	static final int HEIGHT = 64;

	private static final int STEP = 16;

	private static final int LEAST = 3;

	static RunChart of(List<SeenRun> latestFirst) {
		var most = latestFirst.stream().mapToLong(RunChart::records).max().orElse(0);
		var bars = new ArrayList<Bar>();
		for (var seen : latestFirst.reversed()) {
			var height = (most == 0) ? LEAST
					: Math.max(LEAST, (int) Math.round(HEIGHT * Math.log1p(records(seen)) / Math.log1p(most)));
			bars.add(new Bar(bars.size() * STEP, HEIGHT - height, height, Kind.of(seen), seen.run().startedAt(),
					records(seen), seen.recordsRefused()));
		}
		return new RunChart(List.copyOf(bars), latestFirst, Math.max(STEP, bars.size() * STEP));
	}

	private static long records(SeenRun seen) {
		var processed = seen.run().recordsProcessed();
		return (processed != null) ? processed : 0;
	}

	public boolean isEmpty() {
		return bars.isEmpty();
	}

	/** For those who do not see it. */
	public String inWords() {
		var failed = bars.stream().filter(bar -> bar.kind == Kind.FAILED).count();
		return "The last %s runs: %s failed, %s brought records".formatted(bars.size(), failed,
				bars.stream().filter(bar -> bar.records > 0).count());
	}

	/**
	 * A run.
	 *
	 * @param y from the top
	 */
	record Bar(int x, int y, int height, Kind kind, @Nullable Instant startedAt, long records, long refused) {
	}

	/**
	 * What came of a run.
	 */
	enum Kind {

		GOOD, FAILED, UNDER_WAY;

		static Kind of(SeenRun seen) {
			var status = String.valueOf(seen.run().status());
			if (status.equals("Error") || seen.recordsRefused() > 0) {
				return FAILED;
			}
			return status.equals("Successful") ? GOOD : UNDER_WAY;
		}

		public String style() {
			return "bar bar-" + switch (this) {
				case GOOD -> "good";
				case FAILED -> "failed";
				case UNDER_WAY -> "moving";
			};
		}

	}

}
