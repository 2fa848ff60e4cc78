package io.profileworkflows.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many workflows there are, counted now and then rather than at each scrape. Counting
 * millions takes seconds, so the next count waits the longer the longer the last one
 * took.
 */
@Component
class WorkflowMetrics {

	/** At most a hundredth of the time is spent counting. */
	private static final int REST_FOR_EACH_COUNT = 99;

	private static final Logger log = LoggerFactory.getLogger(WorkflowMetrics.class);

	private final WorkflowCounts counts;

	private final MultiGauge workflows;

	/** As counted last, with a zero for each stage at which no workflow is any more. */
	private volatile Map<Tags, Long> stages = Map.of();

	private long restUntil = System.nanoTime();

	WorkflowMetrics(WorkflowCounts counts, MeterRegistry registry) {
		this.counts = counts;
		workflows = MultiGauge.builder("workflows").description("How far workflows have come").register(registry);
	}

	@Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
	void countUnlessResting() {
		var begin = System.nanoTime();
		if (begin - restUntil < 0) {
			return;
		}
		try {
			count();
		}
		catch (DataAccessException failure) {
			log.warn("The workflows could not be counted: {}", failure.getMostSpecificCause().getMessage());
		}
		var end = System.nanoTime();
		restUntil = end + (end - begin) * REST_FOR_EACH_COUNT;
	}

	void count() {
		show(counts.byStage());
	}

	void show(List<WorkflowCounts.OfStage> counted) {
		var next = new HashMap<Tags, Long>();
		stages.keySet().forEach(left -> next.put(left, 0L));
		counted.forEach(of -> next.put(Tags.of("phase", of.phase().name(), "status", of.status().name()), of.count()));
		stages = Map.copyOf(next);
		workflows.register(rows());
	}

	/**
	 * They stay once they are there, and read what was counted last. A row that is put in
	 * the place of another is missing from a scrape at that moment, or is in it twice,
	 * which fails the scrape.
	 */
	private List<Row<?>> rows() {
		return stages.keySet()
			.stream()
			.<Row<?>>map(stage -> Row.of(stage, () -> stages.getOrDefault(stage, 0L)))
			.toList();
	}

}
