package io.profileworkflows.watching;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * All watchers of this process, and which of the workflows may have changed. It does not
 * know the database: {@link WatchPoller} looks there for all of them.
 */
@Component
public class Watchers {

	private final Map<WorkflowId, Set<Watcher>> watchers = new ConcurrentHashMap<>();

	private final AtomicInteger number = new AtomicInteger();

	private final Set<WorkflowId> hinted = ConcurrentHashMap.newKeySet();

	private final Semaphore signals = new Semaphore(0);

	private final Map<String, Integer> numberOf = new ConcurrentHashMap<>();

	private final int most;

	private final int mostPerCaller;

	private volatile boolean closed;

	Watchers(WatchingSettings settings) {
		this.most = settings.mostWatchers();
		this.mostPerCaller = settings.mostWatchersPerCaller();
	}

	/**
	 * Watches a workflow from what was seen of it on, until the watcher is closed.
	 * @param caller whose watcher it counts as; null for nobody's
	 * @throws TooManyWatchers when there are as many as there may be
	 */
	public Watcher watch(Snapshot seen, @Nullable String caller) {
		enter(caller);
		var watcher = new Watcher(this, seen, caller);
		watchers.compute(watcher.workflow(), (_, others) -> {
			var all = (others != null) ? others : ConcurrentHashMap.<Watcher>newKeySet();
			all.add(watcher);
			return all;
		});
		if (closed) {
			watcher.end();
		}
		// since it was seen
		mayHaveChanged(watcher.workflow());
		return watcher;
	}

	/**
	 * Takes a place among all who wait for changes.
	 * @throws TooManyWatchers when there are as many as there may be
	 */
	public void enter(@Nullable String caller) {
		if (number.incrementAndGet() > most) {
			number.decrementAndGet();
			throw TooManyWatchers.ofAll(most);
		}
		if (caller != null && numberOf.merge(caller, 1, Integer::sum) > mostPerCaller) {
			leave(caller);
			throw TooManyWatchers.ofOneCaller(mostPerCaller);
		}
	}

	/** Gives a place back. */
	public void leave(@Nullable String caller) {
		number.decrementAndGet();
		if (caller != null) {
			numberOf.computeIfPresent(caller, (_, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/** How many there are. */
	public int number() {
		return number.get();
	}

	void remove(Watcher watcher) {
		watchers.computeIfPresent(watcher.workflow(), (_, all) -> {
			if (all.remove(watcher)) {
				leave(watcher.caller());
			}
			return all.isEmpty() ? null : all;
		});
	}

	/** To be looked at soon, if anybody here watches it. */
	void mayHaveChanged(WorkflowId workflow) {
		if (watchers.containsKey(workflow) && hinted.add(workflow)) {
			signals.release();
		}
	}

	void allMayHaveChanged() {
		watchers.keySet().forEach(this::mayHaveChanged);
	}

	/**
	 * Waits for hints, and lets those that come close behind become one.
	 * @return false if there were none in time
	 */
	boolean awaitHints(Duration time) throws InterruptedException {
		var hasHints = signals.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
		signals.drainPermits();
		return hasHints;
	}

	/** Those of whom a change may have been hinted since this was asked last. */
	Map<WorkflowId, List<Watcher>> hinted() {
		var ids = List.copyOf(hinted);
		hinted.removeAll(ids);
		return of(ids);
	}

	/** Those of whom anything may have changed, whether it was hinted or not. */
	Map<WorkflowId, List<Watcher>> all() {
		hinted.clear();
		return of(watchers.keySet());
	}

	private Map<WorkflowId, List<Watcher>> of(Collection<WorkflowId> ids) {
		var found = new HashMap<WorkflowId, List<Watcher>>();
		ids.forEach(id -> found.put(id, List.copyOf(watchers.getOrDefault(id, Set.of()))));
		found.values().removeIf(List::isEmpty);
		return found;
	}

	void open() {
		closed = false;
	}

	/** Ends all of them, and each that comes later at once. */
	void close() {
		closed = true;
		watchers.values().forEach(all -> all.forEach(Watcher::end));
		signals.release();
	}

}
