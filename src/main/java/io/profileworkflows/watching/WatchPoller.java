package io.profileworkflows.watching;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.database.Outage;
import io.profileworkflows.threads.PlatformThreads;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks at all workflows that are watched in this process, on one thread and with one
 * connection for a moment, however many watch: at those of which a change is hinted at
 * once, at all of them from time to time.
 */
@Component
class WatchPoller implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(WatchPoller.class);

	private static final Duration LAST_LOOK = Duration.ofSeconds(5);

	private final Outage outage = new Outage(log, "Looking for changes of workflows");

	private final Watchers watchers;

	private final Snapshots snapshots;

	private final Duration pollInterval;

	private volatile boolean running;

	private @Nullable Thread loop;

	WatchPoller(Watchers watchers, Snapshots snapshots, WatchingSettings settings, MeterRegistry meters) {
		this.watchers = watchers;
		this.snapshots = snapshots;
		this.pollInterval = settings.pollInterval();
		Gauge.builder("watchers", watchers, Watchers::number)
			.description("Callers who wait for a change of a workflow or follow its changes")
			.register(meters);
	}

	@Override
	public void start() {
		watchers.open();
		running = true;
		loop = PlatformThreads.start("lookout", this::loop);
	}

	private void loop() {
		var polled = System.nanoTime();
		while (running) {
			try {
				var untilPoll = pollInterval.minusNanos(System.nanoTime() - polled);
				watchers.awaitHints(untilPoll);
				if (System.nanoTime() - polled >= pollInterval.toNanos()) {
					polled = System.nanoTime();
					look(watchers.all());
				}
				else {
					look(watchers.hinted());
				}
				outage.over();
			}
			catch (InterruptedException _) {
				return;
			}
			catch (RuntimeException failure) {
				// the next poll makes up for it
				outage.noticed(failure);
			}
		}
	}

	private void look(Map<WorkflowId, List<Watcher>> watched) {
		if (watched.isEmpty()) {
			return;
		}
		var versions = snapshots.versionsOf(watched.keySet());
		var changed = new HashMap<WorkflowId, Long>();
		watched.forEach((workflow, by) -> {
			var version = versions.get(workflow);
			if (version == null) {
				by.forEach(Watcher::end);
			}
			else if (by.stream().anyMatch(watcher -> watcher.misses(version))) {
				changed.put(workflow, by.stream().mapToLong(Watcher::entry).min().orElseThrow());
			}
		});
		if (!changed.isEmpty()) {
			snapshots.since(changed).forEach((workflow, snapshot) -> tell(watched.get(workflow), snapshot));
		}
	}

	private static void tell(@Nullable List<Watcher> watchers, Snapshot snapshot) {
		if (watchers != null) {
			watchers.stream()
				.filter(watcher -> watcher.misses(snapshot.workflow().version()))
				.forEach(watcher -> watcher.tell(snapshot));
		}
	}

	/** Before anything else stops, so that no stop has to wait for those who wait. */
	@EventListener(ContextClosedEvent.class)
	void close() {
		watchers.close();
	}

	@Override
	public void stop() {
		running = false;
		close();
		var loop = this.loop;
		if (loop != null) {
			try {
				loop.join(LAST_LOOK);
			}
			catch (InterruptedException _) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return running;
	}

}
