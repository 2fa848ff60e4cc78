package io.profileworkflows.start;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Before Spring's own, which does not know how the port is chosen.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortTakenFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	private final Environment environment;

	PortTakenFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		return Port.all(environment)
			.filter(port -> port.number() == cause.getPort())
			.findFirst()
			.map(port -> new FailureAnalysis(
					"Another process uses port %s, which is for %s.".formatted(port.number(), port.purpose()),
					"Set %s to a free port, or stop the other process.".formatted(port.variable()), cause))
			.orElse(null);
	}

}
