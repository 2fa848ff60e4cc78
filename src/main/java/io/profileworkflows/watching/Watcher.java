package io.profileworkflows.watching;

import java.util.concurrent.locks.ReentrantLock;

import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * A caller who watches a workflow from a known version on. It holds no thread, and says
 * when there is news. Several pieces of news become one until they are taken.
 */
public final class Watcher implements AutoCloseable {

	private static final Runnable NOBODY = () -> {
	};

	private final Watchers watchers;

	private final WorkflowId workflow;

	private final @Nullable String caller;

	private final ReentrantLock lock = new ReentrantLock();

	private Runnable listener = NOBODY;

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
	 * Runs the listener each time that something is new or nothing more will be, and now
	 * if that is so already.
	 * @param listener runs on the thread that looks for all watchers, and must not block
	 */
	public void listen(Runnable listener) {
		boolean isTold;
		lock.lock();
		try {
			this.listener = listener;
			isTold = news != null || over;
		}
		finally {
			lock.unlock();
		}
		if (isTold) {
			listener.run();
		}
	}

	/**
	 * Takes what is new.
	 * @return null when nothing is
	 */
	public @Nullable Snapshot take() {
		lock.lock();
		try {
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
		Runnable toTell;
		lock.lock();
		try {
			var fresh = snapshot.after(entry);
			version = fresh.workflow().version();
			entry = fresh.lastEntry();
			news = (news != null) ? fresh.since(news) : fresh;
			toTell = listener;
		}
		finally {
			lock.unlock();
		}
		toTell.run();
	}

	void end() {
		Runnable toTell;
		lock.lock();
		try {
			over = true;
			toTell = listener;
		}
		finally {
			lock.unlock();
		}
		toTell.run();
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
