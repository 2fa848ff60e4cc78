package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.profileworkflows.database.Outage;
import io.profileworkflows.threads.PlatformThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the work of one kind as slots get free, and runs each piece on one of as many
 * threads. Looks at the outbox when woken up, when a slot gets free while more may be
 * waiting, and otherwise at each poll; but not before there can be anything to claim.
 * Lives from one start to one stop.
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

	private final ExecutorService threads;

	private final Semaphore signals = new Semaphore(0);

	private final Semaphore slots;

	private volatile boolean moreMayWait;

	private volatile boolean broken;

	/** Whether the loop has taken all free slots for a moment. */
	private volatile boolean isLooking;

	private volatile long looked = System.nanoTime();

	private final CountDownLatch stop = new CountDownLatch(1);

	Lane(WorkHandler handler, Outbox outbox, WorkRuns runs, WakeUps wakeUps, Duration pollInterval) {
		this.handler = handler;
		this.outbox = outbox;
		this.runs = runs;
		this.wakeUps = wakeUps;
		this.pollInterval = pollInterval;
		outage = new Outage(log, "Claiming " + handler.kind());
		slots = new Semaphore(handler.slots());
		loop = PlatformThreads.unstarted("outbox-" + handler.kind(), this::loop);
		threads = PlatformThreads.pool(loop.getName(), handler.slots());
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
		return !isStopping() && !broken && (isLooking || slots.availablePermits() > 0);
	}

	private void loop() {
		try {
			while (!isStopping()) {
				signals.drainPermits();
				var pause = look();
				if (pause.isDeaf()) {
					stop.await(pause.nanos(), TimeUnit.NANOSECONDS);
				}
				else {
					signals.tryAcquire(pause.nanos(), TimeUnit.NANOSECONDS);
				}
			}
		}
		catch (InterruptedException _) {
			stop.countDown();
		}
	}

	private boolean isStopping() {
		return stop.getCount() == 0;
	}

	/**
	 * @return how long to wait before the next look
	 */
	private Pause look() {
		try {
			var pause = claim();
			outage.over();
			broken = false;
			looked = System.nanoTime();
			return pause;
		}
		catch (RuntimeException | Error failure) {
			broken = true;
			return new Pause(outage.noticed(failure), false);
		}
	}

	String kind() {
		return handler.kind();
	}

	/** How long ago a look at the outbox came to its end, whatever it found. */
	Duration sinceLook() {
		return Duration.ofNanos(System.nanoTime() - looked);
	}

	private Pause claim() {
		var couldBeMore = moreMayWait;
		// true while looking, so that no slot gets free unnoticed
		moreMayWait = true;
		var free = slots.drainPermits();
		if (free == 0) {
			return untilThePoll();
		}
		isLooking = true;
		var claims = Claims.none();
		try {
			claims = handler.claim(outbox, free);
		}
		finally {
			slots.release(free - claims.tasks().size());
			isLooking = false;
		}
		// also while stopping: they may have gone further than the outbox knows
		claims.tasks().forEach(this::run);
		moreMayWait = claims.mayBeMore();
		if (moreMayWait && !couldBeMore) {
			wakeUps.callForHelp(handler.kind());
		}
		var nextLook = claims.nextLook();
		// without a free slot, the next one that gets free is worth a look
		if (nextLook == null || slots.availablePermits() == 0) {
			return untilThePoll();
		}
		return new Pause((nextLook.compareTo(pollInterval) < 0) ? nextLook : pollInterval, claims.areClosed());
	}

	private Pause untilThePoll() {
		var jitter = ThreadLocalRandom.current().nextInt(80, 121);
		return new Pause(pollInterval.multipliedBy(jitter).dividedBy(100), false);
	}

	/**
	 * Takes slots, so that work can begin that the loop does not know.
	 * @return how many there were
	 */
	int reserve(int most) {
		var reserved = 0;
		while (!isStopping() && reserved < most && slots.tryAcquire()) {
			reserved++;
		}
		return reserved;
	}

	void release(int reserved) {
		slots.release(reserved);
		if (moreMayWait) {
			signals.release();
		}
	}

	/** Runs a task in a slot that is taken. */
	void run(ClaimedTask task) {
		threads.execute(() -> {
			try {
				runs.run(handler, task);
			}
			finally {
				slots.release();
				if (moreMayWait) {
					signals.release();
				}
			}
		});
	}

	/**
	 * Claims no more; what is in flight goes on.
	 */
	void beginStop() {
		stop.countDown();
		wakeUps.deregister(handler.kind());
		signals.release();
	}

	/**
	 * Waits for what is in flight. Whatever still runs then is left to its lease: given
	 * back, it would be done twice at the same time.
	 */
	void awaitStop(Duration grace) throws InterruptedException {
		var begin = System.nanoTime();
		if (!loop.join(grace)) {
			log.warn("Claiming {} has not ended in time", handler.kind());
		}
		var left = grace.toNanos() - (System.nanoTime() - begin);
		if (!slots.tryAcquire(handler.slots(), Math.max(left, 0), TimeUnit.NANOSECONDS)) {
			log.warn("{} pieces of {} work still run and are left to their leases",
					handler.slots() - slots.availablePermits(), handler.kind());
		}
		threads.shutdown();
	}

	/**
	 * Between two looks.
	 *
	 * @param isDeaf whether no wake-up ends it sooner
	 */
	private record Pause(Duration time, boolean isDeaf) {

		long nanos() {
			return time.toNanos();
		}

	}

}
