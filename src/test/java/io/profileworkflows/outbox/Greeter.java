package io.profileworkflows.outbox;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handles greetings as a test tells it to, and remembers which.
 */
class Greeter implements WorkHandler {

	static final String KIND = "greeting";

	final List<String> begun = new CopyOnWriteArrayList<>();

	private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

	private final int slots;

	private final Task task;

	BiConsumer<Work, String> onParked = (_, _) -> {
	};

	Greeter(int slots, Task task) {
		this.slots = slots;
		this.task = task;
	}

	Greeter(Task task) {
		this(4, task);
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public int slots() {
		return slots;
	}

	@Override
	public Result handle(Work work) throws Exception {
		begun.add(work.subject());
		task.perform(work);
		ended.add(work.subject());
		return Result.done();
	}

	@Override
	public void parked(Work work, String reason) {
		onParked.accept(work, reason);
	}

	/**
	 * Waits for the next greeting to end.
	 */
	String next() throws InterruptedException {
		var subject = ended.poll(20, TimeUnit.SECONDS);
		assertThat(subject).as("a greeting within 20 seconds").isNotNull();
		return subject;
	}

	interface Task {

		void perform(Work work) throws Exception;

	}

}
