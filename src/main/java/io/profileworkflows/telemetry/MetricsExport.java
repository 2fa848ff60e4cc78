package io.profileworkflows.telemetry;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sends metrics by OTLP only where an endpoint is given, as traces are: without one they
 * would be sent to this machine, and each minute the log would say that nobody answers.
 */
class MetricsExport implements EnvironmentPostProcessor, Ordered {

	private static final String ENABLED = "management.otlp.metrics.export.enabled";

	private static final String ENDPOINT = "management.otlp.metrics.export.url";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		var enabled = environment.containsProperty(ENDPOINT);
		environment.getPropertySources()
			.addLast(new MapPropertySource("metricsExport", Map.of(ENABLED, Boolean.toString(enabled))));
	}

	/** After whatever can give the endpoint. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
