package io.profileworkflows.workflow;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who watches a workflow from what he saw of it on, for one thread to wait with.
 * News that it has not taken yet become one.
 */
public final class Watcher implements AutoCloseable {

	private final Watchers watchers;

	private final WorkflowId workflow;

	private final @Nullable String caller;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition told = lock.newCondition();

	private long version;

	private long entry;

	private @Nullable Snapshot news;

	private boolean over;

	Watcher(Watchers watchers, Snapshot seen, @Nullable String caller) {
		this.watchers = watchers;
		this.caller = caller;
		this.workflow = seen.workflow().id();
		this.version = seen.workflow().version();
		this.entry = seen.lastEntry();
	}

	/**
	 * Waits until something is new, or nothing will be.
	 * @return null when nothing was new in time
	 */
	public @Nullable Snapshot await(Duration time) throws InterruptedException {
		lock.lock();
		try {
			for (var left = time.toNanos(); news == null && !over && left > 0;) {
				left = told.awaitNanos(left);
			}
			var taken = news;
			news = null;
			return taken;
		}
		finally {
			lock.unlock();
		}
	}

	/** Whether there will be no more news: the process stops, or the workflow is gone. */
	public boolean isOver() {
		lock.lock();
		try {
			return over && news == null;
		}
		finally {
			lock.unlock();
		}
	}

	boolean misses(long version) {
		lock.lock();
		try {
			return this.version != version;
		}
		finally {
			lock.unlock();
		}
	}

	/** The latest entry of the history that it knows. */
	long entry() {
		lock.lock();
		try {
			return entry;
		}
		finally {
			lock.unlock();
		}
	}

	void tell(Snapshot snapshot) {
		lock.lock();
		try {
			var fresh = snapshot.after(entry);
			version = fresh.workflow().version();
			entry = fresh.lastEntry();
			news = (news != null) ? fresh.since(news) : fresh;
			told.signal();
		}
		finally {
			lock.unlock();
		}
	}

	void end() {
		lock.lock();
		try {
			over = true;
			told.signal();
		}
		finally {
			lock.unlock();
		}
	}

	@Nullable String caller() {
		return caller;
	}

	WorkflowId workflow() {
		return workflow;
	}

	@Override
	public void close() {
		watchers.remove(this);
	}

}
