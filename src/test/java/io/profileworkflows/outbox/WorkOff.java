package io.profileworkflows.outbox;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;

import static org.awaitility.Awaitility.await;

/**
 * Works off the outbox when a test says so, since nothing works in the background of a
 * {@link io.profileworkflows.PostgresTest}.
 */
public class WorkOff {

	private final ObjectProvider<WorkHandler> handlers;

	private final Endings endings;

	private final WorkRuns runs;

	private final Outbox outbox;

	private final WakeUps wakeUps;

	private final Lanes lanes;

	WorkOff(ObjectProvider<WorkHandler> handlers, Endings endings, WorkRuns runs, Outbox outbox, WakeUps wakeUps,
			Lanes lanes) {
		this.handlers = handlers;
		this.outbox = outbox;
		this.wakeUps = wakeUps;
		this.lanes = lanes;
		this.endings = endings;
		this.runs = runs;
	}

	/**
	 * Lets work begin that is claimed as it is added, as in a process that works, but
	 * claims nothing else.
	 * @return closes it again, once all of that has ended
	 */
	public AutoCloseable open(WorkHandler handler) {
		var lane = new Lane(handler, outbox, runs, wakeUps, Duration.ofHours(1));
		lanes.register(lane);
		return () -> {
			lanes.deregister(lane);
			await().until(() -> {
				var free = lane.reserve(handler.slots());
				lane.release(free);
				return free == handler.slots();
			});
			lane.beginStop();
		};
	}

	/** Does one piece of work to its end, or throws what made it fail. */
	public void run(WorkHandler handler, Work work) {
		run(handler, ClaimedTask.of(work, handler));
	}

	/**
	 * The same with what its claim brought.
	 * @see #run(WorkHandler, Work)
	 */
	public void run(WorkHandler handler, ClaimedTask task) {
		try {
			endings.end(handler, task.work(), task.run());
		}
		catch (RuntimeException failure) {
			throw failure;
		}
		catch (Exception failure) {
			throw new IllegalStateException(failure);
		}
	}

	/** The same as the engine does it, which throws nothing. */
	public void runQuietly(WorkHandler handler, ClaimedTask task) {
		runs.run(handler, task);
	}

	/** Ends work with what its handler found out. */
	public <T> void complete(Work work, T answer, Completion<T, ?> completion) {
		endings.end(Unhandled.INSTANCE, work, new Result.Together<>(answer, completion));
	}

	private enum Unhandled implements WorkHandler {

		INSTANCE;

		@Override
		public String kind() {
			return "none";
		}

		@Override
		public int slots() {
			return 0;
		}

		@Override
		public Result handle(Work work) {
			throw new UnsupportedOperationException();
		}

	}

	/**
	 * Runs everything of the kind that is due now, once and on the caller's thread.
	 * @return how many pieces of work that were
	 */
	public int workOff(String kind) {
		var handler = handlers.stream().filter(candidate -> candidate.kind().equals(kind)).findFirst().orElseThrow();
		return workOff(outbox, runs, handler);
	}

	static int workOff(Outbox outbox, WorkRuns runs, WorkHandler handler) {
		var works = outbox.claim(handler.kind(), Integer.MAX_VALUE);
		works.forEach(work -> runs.run(handler, ClaimedTask.of(work, handler)));
		return works.size();
	}

}
