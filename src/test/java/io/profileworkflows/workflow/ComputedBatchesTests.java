package io.profileworkflows.workflow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.integration.ImportSince;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Batches end when they are asked for. What is asked again later is the same request
 * nevertheless.
 */
@PostgresTest
@EmptyTables
class ComputedBatchesTests {

	private static final Instant SINCE = Instant.parse("2024-01-01T00:00:00Z");

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

	private final SampleRequest sample = SampleRequest.unique()
		.with("/IntegrationConfig/AppflowIntegration/Batches", List.of());

	@Autowired
	Workflows workflows;

	@Autowired
	Retries retries;

	@Autowired
	DocumentReader reader;

	@Test
	void areKeptAsTheyWereComputedFirst() {
		var first = accept(SINCE, NOW, null);

		var later = accept(SINCE, NOW.plus(Duration.ofDays(90)), null);

		assertThat(later.replayed()).isTrue();
		assertThat(later.workflow().id()).isEqualTo(first.workflow().id());
		assertThat(workflows.requestOf(later.workflow()).integrationConfig().appflowIntegration().batches())
			.isEqualTo(new ImportSince(SINCE, NOW).batches());
	}

	@Test
	void areOneRequestUnderOneKey() {
		var key = IdempotencyKey.chosen("once");
		var first = accept(SINCE, NOW, key);

		assertThat(accept(SINCE, NOW.plusSeconds(1), key).workflow().id()).isEqualTo(first.workflow().id());
		assertThatExceptionOfType(IdempotencyKeyReused.class)
			.isThrownBy(() -> accept(SINCE.plusSeconds(1), NOW.plusSeconds(1), key));
	}

	@Test
	void areAnotherRequestWhereTheyBeginAtAnotherTime() {
		accept(SINCE, NOW, null);

		assertThatExceptionOfType(FlowNameTaken.class).isThrownBy(() -> accept(SINCE.minusSeconds(1), NOW, null));
		assertThatExceptionOfType(FlowNameTaken.class)
			.isThrownBy(() -> workflows.accept(sample.request(), List.of(), "anna", null));
	}

	@Test
	void areOneRequestThroughARetry() {
		var failed = accept(SINCE, NOW, null).workflow();
		workflows.change(failed.id(), Cause.of("test", "no"), workflow -> workflow.reject("no"));
		var retry = retries.retry(failed.domainName(), failed.id(), "anna", false).workflow();

		assertThat(accept(SINCE, NOW.plusSeconds(60), null).workflow().id()).isEqualTo(retry.id());
	}

	private Acceptance accept(Instant since, Instant until, @Nullable IdempotencyKey key) {
		var history = new ImportSince(since, until);
		var checked = reader.readRequest(sample.json().getBytes(StandardCharsets.UTF_8), DocumentFormat.JSON,
				sample.domainName(), history);
		return workflows.accept(checked.require(), checked.warnings(), "anna", key, history);
	}

}
