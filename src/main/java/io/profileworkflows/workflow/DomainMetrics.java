package io.profileworkflows.workflow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * What the teams ask for, and what becomes of it, by domain: whose load it is, and whose
 * workflows fail.
 */
@Component
class DomainMetrics {

	private final DomainTags domains;

	private final MeterRegistry meters;

	DomainMetrics(DomainTags domains, MeterRegistry meters) {
		this.domains = domains;
		this.meters = meters;
	}

	@TransactionalEventListener(fallbackExecution = true)
	void on(Transition transition) {
		var domain = domains.of(transition.domainName());
		if (transition.before() == null) {
			Counter.builder("workflows.accepted")
				.description("Workflows that were asked for and accepted")
				.tag("domain", domain)
				.register(meters)
				.increment();
		}
		if (transition.isEnd()) {
			Counter.builder("workflows.ended")
				.description("Workflows that came to their end, good or bad")
				.tag("domain", domain)
				.tag("phase", transition.phase().name())
				.tag("status", transition.status().name())
				.register(meters)
				.increment();
		}
	}

}
