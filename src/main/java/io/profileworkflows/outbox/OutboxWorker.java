package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Works off the outbox with all handlers there are, each in a {@link Lane} of its own.
 */
@Component
class OutboxWorker implements SmartLifecycle {

	private final Map<String, WorkHandler> handlers = new LinkedHashMap<>();

	private final Outbox outbox;

	private final WorkRuns runs;

	private final WakeUps wakeUps;

	private final Lanes reservable;

	private final OutboxSettings settings;

	private volatile List<Lane> lanes = List.of();

	private volatile boolean running;

	OutboxWorker(ObjectProvider<WorkHandler> handlers, Outbox outbox, WorkRuns runs, WakeUps wakeUps, Lanes reservable,
			OutboxSettings settings) {
		handlers.orderedStream().forEach(this::register);
		this.outbox = outbox;
		this.runs = runs;
		this.wakeUps = wakeUps;
		this.reservable = reservable;
		this.settings = settings;
	}

	private void register(WorkHandler handler) {
		var other = handlers.putIfAbsent(handler.kind(), handler);
		if (other != null) {
			throw new IllegalStateException("Both %s and %s handle %s".formatted(other, handler, handler.kind()));
		}
	}

	/**
	 * How long ago each kind of work was looked for, in this process; empty where it does
	 * not work.
	 */
	Map<String, Duration> sinceLooks() {
		return lanes.stream().collect(Collectors.toMap(Lane::kind, Lane::sinceLook));
	}

	@Override
	public void start() {
		lanes = handlers.values()
			.stream()
			.map(handler -> new Lane(handler, outbox, runs, wakeUps, settings.pollInterval()))
			.toList();
		lanes.forEach(Lane::start);
		lanes.forEach(reservable::register);
		running = true;
	}

	@Override
	public void stop() {
		running = false;
		lanes.forEach(reservable::deregister);
		lanes.forEach(Lane::beginStop);
		var begin = System.nanoTime();
		try {
			for (var lane : lanes) {
				lane.awaitStop(settings.shutdownGrace().minusNanos(System.nanoTime() - begin));
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		lanes = List.of();
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	@Override
	public boolean isAutoStartup() {
		return settings.work();
	}

}
