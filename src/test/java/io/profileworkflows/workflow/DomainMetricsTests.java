package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DomainMetricsTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final DomainMetrics metrics = new DomainMetrics(new DomainTags(new MetricsSettings(3)), meters);

	@Test
	void countsWhatEachDomainAsksForAndWhatBecomesOfIt() {
		tell("retail", null, Phase.ACCEPTED, Status.NOT_STARTED);
		tell("retail", null, Phase.ACCEPTED, Status.NOT_STARTED);
		tell("support", null, Phase.ACCEPTED, Status.NOT_STARTED);
		tell("retail", Phase.SUBMITTED, Phase.FINISHED, Status.COMPLETE);
		tell("retail", Phase.SUBMITTING, Phase.REJECTED, Status.FAILED);

		assertThat(accepted("retail")).isEqualTo(2);
		assertThat(accepted("support")).isEqualTo(1);
		assertThat(ended("retail", "FINISHED", "COMPLETE")).isEqualTo(1);
		assertThat(ended("retail", "REJECTED", "FAILED")).isEqualTo(1);
	}

	@Test
	void countsOneEndOfEachWorkflow() {
		tell("retail", Phase.SUBMITTED, Phase.FINISHED, Status.COMPLETE);
		tell("retail", Phase.FINISHED, Phase.DELETING, Status.COMPLETE);
		tell("retail", Phase.DELETING, Phase.FINISHED, Status.COMPLETE);
		tell("retail", Phase.FINISHED, Phase.DELETING, Status.COMPLETE);
		tell("retail", Phase.DELETING, Phase.DELETED, Status.CANCELLED);
		tell("retail", Phase.SUBMITTING, Phase.ACCEPTED, Status.NOT_STARTED);

		assertThat(meters.find("workflows.ended").counters()).singleElement()
			.satisfies(counter -> assertThat(counter.count()).isEqualTo(1));
		assertThat(meters.find("workflows.accepted").counters()).isEmpty();
	}

	@Test
	void namesOnlySoManyDomains() {
		IntStream.rangeClosed(1, 1000)
			.forEach(number -> tell("domain-" + number, null, Phase.ACCEPTED, Status.NOT_STARTED));
		tell("domain-2", null, Phase.ACCEPTED, Status.NOT_STARTED);

		assertThat(meters.find("workflows.accepted").counters()).hasSize(4);
		assertThat(accepted("domain-2")).isEqualTo(2);
		assertThat(accepted("other")).isEqualTo(997);
	}

	private void tell(String domainName, @Nullable Phase before, Phase phase, Status status) {
		metrics.on(new Transition(WorkflowId.next(), domainName, before, phase, status, Instant.EPOCH, null));
	}

	private double accepted(String domainName) {
		return meters.get("workflows.accepted").tag("domain", domainName).counter().count();
	}

	private double ended(String domainName, String phase, String status) {
		return meters.get("workflows.ended")
			.tags("domain", domainName, "phase", phase, "status", status)
			.counter()
			.count();
	}

}
