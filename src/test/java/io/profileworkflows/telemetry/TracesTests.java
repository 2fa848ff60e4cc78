package io.profileworkflows.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.profileworkflows.RecordedSpans;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.ServiceTest;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
class TracesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String CALLERS_SPAN = "00f067aa0ba902b7";

	@Autowired
	RecordedSpans spans;

	@Autowired
	Simulator aws;

	private final RestClient service;

	private final RestClient management;

	TracesTests(@LocalServerPort int port, @LocalManagementPort int managementPort) {
		this.service = RestClient.create("http://localhost:" + port);
		this.management = RestClient.create("http://localhost:" + managementPort);
	}

	@Test
	void leadFromTheRequestThroughTheOutboxToTheCallOfAws() {
		var request = SampleRequest.in("traced");
		var trace = newTrace();

		post(request, "00-%s-%s-01".formatted(trace, CALLERS_SPAN));

		await().atMost(PATIENCE).untilAsserted(() -> assertThat(spans.of(trace)).hasSize(3));
		var asked = the(SpanKind.SERVER, trace);
		var done = the(SpanKind.CONSUMER, trace);
		var called = the(SpanKind.CLIENT, trace);
		assertThat(asked.getParentSpanId()).isEqualTo(CALLERS_SPAN);
		assertThat(done.getParentSpanId()).isEqualTo(asked.getSpanId());
		assertThat(called.getParentSpanId()).isEqualTo(done.getSpanId());
		assertThat(done.getName()).isEqualTo("outbox submission");
		assertThat(attribute(done, "domain")).isEqualTo("traced");
		assertThat(attribute(done, "workflowId")).matches("[0-9a-f]{32}");
		assertThat(called.getName()).isEqualTo("CustomerProfiles/CreateIntegrationWorkflow");
		assertThat(attribute(called, "outcome")).isEqualTo("created");
		assertThat(aws.calls().creates(request.flowName())).singleElement()
			.satisfies(arrived -> assertThat(attribute(called, "aws.request_id")).isEqualTo(arrived.requestId()));
	}

	@Test
	void tellOfARefusalWithoutWhatWasAskedFor() {
		var request = SampleRequest.in("refused")
			.with("/IntegrationConfig/AppflowIntegration/FlowDefinition/Description", "canary in a mine");
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_BEFORE);
		var trace = newTrace();

		post(request, "00-%s-%s-01".formatted(trace, CALLERS_SPAN));

		await().atMost(PATIENCE).untilAsserted(() -> assertThat(spans.of(trace)).hasSize(3));
		var called = the(SpanKind.CLIENT, trace);
		assertThat(called.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(attribute(called, "outcome")).isEqualTo("unknown");
		assertThat(spans.of(trace).toString()).doesNotContain("canary");
	}

	@Test
	void areNotRecordedWhereTheCallerDoesNotWantThem() {
		var unwanted = newTrace();
		var wanted = newTrace();
		var first = SampleRequest.in("unsampled");
		var second = SampleRequest.in("unsampled");

		post(first, "00-%s-%s-00".formatted(unwanted, CALLERS_SPAN));
		await().atMost(PATIENCE).until(() -> aws.calls().createsOf(first.flowName()) == 1);
		post(second, "00-%s-%s-01".formatted(wanted, CALLERS_SPAN));

		await().atMost(PATIENCE).untilAsserted(() -> assertThat(spans.of(wanted)).hasSize(3));
		assertThat(spans.of(unwanted)).isEmpty();
	}

	@Test
	void leaveOutSweepsOfOthersAndTheServersOwnChecks() {
		var trace = newTrace();
		var request = SampleRequest.in("swept");
		post(request, "00-%s-%s-01".formatted(trace, CALLERS_SPAN));
		management.get().uri("/actuator/prometheus").retrieve().toBodilessEntity();
		management.get().uri("/actuator/health/readiness").retrieve().toBodilessEntity();
		service.get().uri("/readyz").retrieve().toBodilessEntity();

		await().atMost(PATIENCE)
			.until(() -> spans.all()
				.stream()
				.anyMatch(
						span -> span.getName().equals("outbox tracking") && "swept".equals(attribute(span, "domain"))));
		assertThat(spans.of(trace)).hasSize(3);
		assertThat(spans.all()).extracting(SpanData::getName)
			.noneMatch(name -> name.contains("actuator") || name.contains("readyz") || name.contains("task")
					|| name.contains("security"));
	}

	@Test
	void showExamplesInTheMetrics() {
		var trace = newTrace();

		post(SampleRequest.in("exemplary"), "00-%s-%s-01".formatted(trace, CALLERS_SPAN));

		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(scrape()).anyMatch(isExampled("http_server_requests_seconds_bucket"))
				.anyMatch(isExampled("outbox_dispatch_latency_seconds_bucket"))
				.anyMatch(isExampled("outbox_runs_seconds_bucket"))
				.anyMatch(isExampled("upstream_calls_seconds_bucket")));
	}

	private static Predicate<String> isExampled(String metric) {
		return line -> line.startsWith(metric) && line.contains("# {") && line.contains("trace_id=\"");
	}

	private List<String> scrape() {
		var text = management.get()
			.uri("/actuator/prometheus")
			.accept(MediaType.valueOf("application/openmetrics-text"))
			.retrieve()
			.body(String.class);
		assertThat(text).isNotNull();
		return text.lines().toList();
	}

	private void post(SampleRequest request, String traceParent) {
		service.post()
			.uri(request.path())
			.contentType(MediaType.APPLICATION_JSON)
			.header("traceparent", traceParent)
			.body(request.json())
			.retrieve()
			.toBodilessEntity();
	}

	private SpanData the(SpanKind kind, String trace) {
		return spans.of(trace).stream().filter(span -> span.getKind() == kind).findFirst().orElseThrow();
	}

	private static String attribute(SpanData span, String name) {
		return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
	}

	private static String newTrace() {
		return "%016x%016x".formatted(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
				ThreadLocalRandom.current().nextLong());
	}

}
