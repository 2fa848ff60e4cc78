package io.profileworkflows.telemetry;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

class LogContextTests {

	private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

	LogContextTests() {
		new LogContext();
	}

	@Test
	void goesAlongToAnotherThreadAndLeavesItAsItWas() {
		try (var threads = Executors.newSingleThreadExecutor(); var _ = MDC.putCloseable("requestId", "the-request")) {
			var snapshot = snapshots.captureAll();

			var there = new CompletableFuture<String>();
			threads.execute(snapshot.wrap((Runnable) () -> there.complete(MDC.get("requestId"))));
			var afterwards = CompletableFuture.supplyAsync(MDC::getCopyOfContextMap, threads);

			assertThat(there.join()).isEqualTo("the-request");
			assertThat(afterwards.join()).isIn(null, Map.of());
		}
	}

}
