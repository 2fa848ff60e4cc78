package io.profileworkflows.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.tracing.Tracer;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class WorkTracesTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	@Autowired
	WorkTraces traces;

	@Autowired
	WorkRuns runs;

	@Autowired
	Outbox outbox;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	Tracer tracer;

	private final List<String> seen = new ArrayList<>();

	private final Greeter greeter = new Greeter(
			_ -> seen.add("%s %s".formatted(currentTrace(), MDC.getCopyOfContextMap().get("requestId"))));

	@Test
	void goOnWithTheTraceAndTheRequestThatTheWorkWasAddedIn() {
		var span = tracer.nextSpan().start();
		try (var _ = tracer.withSpan(span); var _ = MDC.putCloseable("requestId", "the-request")) {
			add("anna");
		}
		span.end();

		runs.run(greeter, ClaimedTask.of(claim(), greeter));

		assertThat(seen).containsExactly(span.context().traceId() + " the-request");
	}

	@Test
	void leaveNothingBehindOnTheThread() {
		add("anna");
		var work = claim();

		try (var run = traces.begin(work, Map.of("workflowId", "4711"))) {
			assertThat(MDC.getCopyOfContextMap()).containsEntry("workflowId", "4711")
				.containsEntry("domain", "retail")
				.containsKeys("traceId", "spanId");
			run.failed("it is of no use");
		}

		assertThat(tracer.currentSpan()).isNull();
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void areTheirOwnForWorkOfManyRequests() {
		var span = tracer.nextSpan().start();
		try (var _ = tracer.withSpan(span)) {
			transaction.executeWithoutResult(_ -> outbox.addOrHasten(Greeter.KIND, "anna", "retail"));
		}
		span.end();

		assertThat(claim().origin()).isEqualTo(Origin.NONE);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", "no trace at all",
			"00-" + TRACE + "-00f067aa0ba902b7-0g" })
	void beginAnewWhereNothingUsableWasKept(@Nullable String kept) {
		var begun = "none";
		try (var _ = traces.begin(workFrom(new Origin(kept, null)), Map.of())) {
			begun = currentTrace();
		}

		assertThat(begun).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00", "01" })
	void recordWhatTheRequestWasToRecord(String flags) {
		try (var _ = traces.begin(workFrom(new Origin("00-" + TRACE + "-00f067aa0ba902b7-" + flags, null)), Map.of())) {
			var context = tracer.currentTraceContext().context();

			assertThat(context).isNotNull();
			assertThat(context.traceId()).isEqualTo(TRACE);
			assertThat(context.sampled()).isEqualTo(flags.equals("01"));
			assertThat(traces.here().traceParent()).isEqualTo("00-" + TRACE + "-" + context.spanId() + "-" + flags);
		}
	}

	private String currentTrace() {
		var span = tracer.currentSpan();
		return (span != null) ? span.context().traceId() : "none";
	}

	private void add(String subject) {
		transaction.executeWithoutResult(_ -> outbox.add(Greeter.KIND, subject, "retail"));
	}

	private Work claim() {
		return outbox.claim(Greeter.KIND, 1).getFirst();
	}

	private static Work workFrom(Origin origin) {
		return new Work(Greeter.KIND, "anna", "retail", 1, 0, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, origin);
	}

}
