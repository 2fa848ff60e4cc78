package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether this replica still looks for work. A look that never ends, or always fails,
 * shows nowhere else while requests are answered. It is no part of readiness: a lock that
 * keeps all replicas from claiming must not keep them from answering.
 */
@Component("workHealthIndicator")
class WorkHealth implements HealthIndicator {

	private static final Duration MOST = Duration.ofMinutes(1);

	private final OutboxWorker worker;

	private final Duration most;

	@Autowired
	WorkHealth(OutboxWorker worker, OutboxSettings settings, MeterRegistry meters) {
		this(worker, longer(MOST, settings.pollInterval().multipliedBy(2)), meters);
	}

	/**
	 * @param most how long ago a look may have been
	 */
	WorkHealth(OutboxWorker worker, Duration most, MeterRegistry meters) {
		this.worker = worker;
		this.most = most;
		TimeGauge.builder("outbox.look.age", () -> longest().toMillis(), TimeUnit.MILLISECONDS)
			.description("How long ago this replica last looked for work, of the kind for which that is longest")
			.register(meters);
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private Duration longest() {
		return worker.sinceLooks().values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
	}

	@Override
	public Health health() {
		var stuck = worker.sinceLooks()
			.entrySet()
			.stream()
			.filter(look -> look.getValue().compareTo(most) > 0)
			.collect(Collectors.toMap(Map.Entry::getKey,
					look -> "not looked for since %s s".formatted(look.getValue().toSeconds())));
		return (stuck.isEmpty() ? Health.up() : Health.down()).withDetails(stuck).build();
	}

}
