package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the work of one kind as slots get free, and runs each piece on a thread of its
 * own. Looks at the outbox when woken up, when a slot gets free while more may be
 * waiting, and otherwise at each poll. Lives from one start to one stop.
 */
class Lane {

	private static final Logger log = LoggerFactory.getLogger(Lane.class);

	private final WorkHandler handler;

	private final Outbox outbox;

	private final WorkRuns runs;

	private final WakeUps wakeUps;

	private final Duration pollInterval;

	private final Outage outage;

	private final Thread loop;

	private final Semaphore signals = new Semaphore(0);

	private final Semaphore slots;

	private volatile boolean moreMayWait;

	private volatile boolean broken;

	private volatile boolean stopping;

	Lane(WorkHandler handler, Outbox outbox, WorkRuns runs, WakeUps wakeUps, Duration pollInterval) {
		this.handler = handler;
		this.outbox = outbox;
		this.runs = runs;
		this.wakeUps = wakeUps;
		this.pollInterval = pollInterval;
		outage = new Outage(log, "Claiming " + handler.kind());
		slots = new Semaphore(handler.slots());
		loop = Thread.ofVirtual().name("outbox-" + handler.kind()).unstarted(this::loop);
	}

	void start() {
		wakeUps.register(handler.kind(), this::wakeUp);
		loop.start();
	}

	/**
	 * @return whether there is room for more work
	 */
	private boolean wakeUp() {
		signals.release();
		return !stopping && !broken && slots.availablePermits() > 0;
	}

	private void loop() {
		while (!stopping) {
			signals.drainPermits();
			await(look());
		}
	}

	/**
	 * @return how long to wait before the next look
	 */
	private Duration look() {
		try {
			claim();
			outage.over();
			broken = false;
			return pollInterval.multipliedBy(ThreadLocalRandom.current().nextInt(80, 121)).dividedBy(100);
		}
		catch (RuntimeException | Error failure) {
			broken = true;
			return outage.noticed(failure);
		}
	}

	private void claim() {
		var couldBeMore = moreMayWait;
		// true while looking, so that no slot gets free unnoticed
		moreMayWait = true;
		var free = slots.availablePermits();
		var limit = free == 0 ? 0 : Math.min(handler.free(free), free);
		if (limit <= 0) {
			moreMayWait = free == 0;
			return;
		}
		var works = outbox.claim(handler.kind(), limit);
		works.forEach(stopping ? outbox::giveBack : this::begin);
		moreMayWait = works.size() == limit;
		if (moreMayWait && !couldBeMore) {
			wakeUps.callForHelp(handler.kind());
		}
	}

	private void begin(Work work) {
		slots.acquireUninterruptibly();
		Thread.ofVirtual().name("outbox-" + work.subject()).start(() -> {
			try {
				runs.run(handler, work);
			}
			finally {
				slots.release();
				if (moreMayWait) {
					signals.release();
				}
			}
		});
	}

	private void await(Duration pause) {
		try {
			signals.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException _) {
			stopping = true;
		}
	}

	/**
	 * Claims no more; what is in flight goes on.
	 */
	void beginStop() {
		stopping = true;
		wakeUps.deregister(handler.kind());
		signals.release();
	}

	/**
	 * Waits for what is in flight. Whatever still runs then is left to its lease: given
	 * back, it would be done twice at the same time.
	 */
	void awaitStop(Duration grace) throws InterruptedException {
		var begin = System.nanoTime();
		loop.join(grace);
		var left = grace.toNanos() - (System.nanoTime() - begin);
		if (!slots.tryAcquire(handler.slots(), Math.max(left, 0), TimeUnit.NANOSECONDS)) {
			log.warn("{} pieces of {} work still run and are left to their leases",
					handler.slots() - slots.availablePermits(), handler.kind());
		}
	}

}
