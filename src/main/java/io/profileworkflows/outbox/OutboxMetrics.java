package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.profileworkflows.database.Sampled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How the outbox is doing. The backlog is counted now and then rather than at each
 * scrape, so that a slow database cannot make the metrics hang.
 */
@Component
class OutboxMetrics {

	/** A wait that is longer than the histogram counts as its longest. */
	private static final Duration LONGEST_WAIT = Duration.ofHours(1);

	private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

	private static final Logger log = LoggerFactory.getLogger(OutboxMetrics.class);

	private final Sampled<List<Backlog>> backlogs;

	private final MeterRegistry registry;

	private final MultiGauge waiting;

	private final MultiGauge parked;

	/** Met so far: what is done with shows zero, and does not vanish. */
	private final Set<String> kinds = new ConcurrentSkipListSet<>();

	@Autowired
	OutboxMetrics(Outbox outbox, MeterRegistry registry) {
		this(outbox::backlog, registry);
	}

	OutboxMetrics(Supplier<List<Backlog>> backlogs, MeterRegistry registry) {
		this.backlogs = new Sampled<>(log, "Counting the outbox", List.of(), backlogs);
		this.registry = registry;
		waiting = MultiGauge.builder("outbox.backlog")
			.description("Work that is due and claimed by nobody")
			.register(registry);
		parked = MultiGauge.builder("outbox.parked")
			.description("Work that kept failing and waits for an operator")
			.register(registry);
		TimeGauge.builder("outbox.oldest.age", () -> oldest().toMillis(), TimeUnit.MILLISECONDS)
			.description("How long the oldest waiting work has been due")
			.register(registry);
	}

	@Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
	void count() {
		backlogs.read();
		backlogs.get().forEach(of -> kinds.add(of.kind()));
		waiting.register(rows(Backlog::waiting));
		parked.register(rows(Backlog::parked));
	}

	/**
	 * They stay once they are there, and read what was counted last. A row that is put in
	 * the place of another is missing from a scrape at that moment, or is in it twice,
	 * which fails the scrape.
	 */
	private List<Row<?>> rows(ToLongFunction<Backlog> number) {
		return kinds.stream().<Row<?>>map(kind -> Row.of(Tags.of("kind", kind), () -> last(kind, number))).toList();
	}

	private long last(String kind, ToLongFunction<Backlog> number) {
		return backlogs.get().stream().filter(of -> of.kind().equals(kind)).mapToLong(number).sum();
	}

	private Duration oldest() {
		return backlogs.get().stream().map(Backlog::oldest).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
	}

	/**
	 * A handler begins with the work.
	 */
	Run begin(Work work) {
		kinds.add(work.kind());
		Timer.builder("outbox.dispatch.latency")
			.description("From when work became due to when its handler began")
			.publishPercentileHistogram()
			.minimumExpectedValue(SHORTEST_WAIT)
			.maximumExpectedValue(LONGEST_WAIT)
			.tag("kind", work.kind())
			.register(registry)
			.record(work.waited());
		return new Run(work.kind(), Timer.start(registry));
	}

	void parked(Work work) {
		Counter.builder("outbox.parkings")
			.description("Times that work was parked")
			.tag("kind", work.kind())
			.register(registry)
			.increment();
	}

	/**
	 * One run of a handler.
	 */
	final class Run {

		private final String kind;

		private final Timer.Sample sample;

		private Run(String kind, Timer.Sample sample) {
			this.kind = kind;
			this.sample = sample;
		}

		void handled() {
			end("handled");
		}

		void failed() {
			end("failed");
		}

		private void end(String outcome) {
			sample.stop(Timer.builder("outbox.runs")
				.description("Runs of handlers, and how long they took")
				.tag("kind", kind)
				.tag("outcome", outcome)
				.register(registry));
		}

	}

}
