package io.profileworkflows.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import io.profileworkflows.SampleRequest;

/**
 * Requests that arrive all the time, each for a FlowName of its own, in several domains.
 */
final class Traffic implements AutoCloseable {

	private static final int PAUSE_IN_MILLIS = 200;

	private static final int DOMAINS = 4;

	private static final int MOST_WAITING = 300;

	private final PatientClient client;

	private final IntSupplier made;

	private final Map<String, String> accepted = new ConcurrentHashMap<>();

	private final List<Future<?>> asked = new ArrayList<>();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

	Traffic(ServiceProcess... replicas) {
		this(() -> Integer.MAX_VALUE, replicas);
	}

	/**
	 * @param made how many workflows are at AWS: while many are not, nothing new is asked
	 * for, or a long run ends with more work than it has time for
	 */
	Traffic(IntSupplier made, ServiceProcess... replicas) {
		this.made = made;
		client = new PatientClient(replicas);
		pace.scheduleAtFixedRate(this::ask, 0, PAUSE_IN_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void ask() {
		var number = asked.size();
		if (number - made.getAsInt() > MOST_WAITING) {
			return;
		}
		var request = SampleRequest.of("domain-" + number % DOMAINS, "torture-%06d".formatted(number));
		asked.add(threads.submit(() -> accepted.put(request.flowName(), client.ask(request))));
	}

	/** Waits until everything that was asked for has its answer. */
	void end() throws Exception {
		pace.shutdown();
		if (!pace.awaitTermination(1, TimeUnit.MINUTES)) {
			throw new IllegalStateException("The last request is not sent yet");
		}
		for (var request : asked) {
			request.get(3, TimeUnit.MINUTES);
		}
	}

	/** Ids of workflows by FlowName. */
	Map<String, String> accepted() {
		return Map.copyOf(accepted);
	}

	/** How many answers had which status. */
	Map<Integer, Integer> answers() {
		return client.answers();
	}

	int repeated() {
		return client.repeated();
	}

	@Override
	public void close() {
		pace.shutdownNow();
		client.close();
		threads.shutdownNow();
		threads.close();
	}

}
