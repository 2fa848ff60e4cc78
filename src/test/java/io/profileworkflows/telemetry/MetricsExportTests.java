package io.profileworkflows.telemetry;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.otlp.OtlpMetricsExportAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetryEnvironmentVariableEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsExportTests {

	@Test
	void isOffWithoutAnEndpoint() {
		assertThat(enabledIn(environment(Map.of()))).isEqualTo("false");
	}

	@Test
	void isOnWithTheEndpointThatOpenTelemetryItselfNames() {
		var environment = environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"));

		assertThat(enabledIn(environment)).isEqualTo("true");
		assertThat(environment.getProperty("management.otlp.metrics.export.url"))
			.isEqualTo("http://collector:4318/v1/metrics");
		assertThat(environment.getProperty("management.opentelemetry.tracing.export.otlp.endpoint"))
			.isEqualTo("http://collector:4318/v1/traces");
	}

	@Test
	void leavesTheLastWordToWhoeverSaysMore() {
		assertThat(enabledIn(environment(
				Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318", "OTEL_METRICS_EXPORTER", "none"))))
			.isEqualTo("false");
	}

	@Test
	void isOffInTheApplicationUnlessAskedFor() {
		var application = new SpringApplication(OtlpMetricsExportAutoConfiguration.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setLogStartupInfo(false);

		try (var context = application.run()) {
			assertThat(context.getBeanNamesForType(io.micrometer.core.instrument.MeterRegistry.class)).isEmpty();
		}
	}

	private static @Nullable String enabledIn(ConfigurableEnvironment environment) {
		new MetricsExport().postProcessEnvironment(environment, new SpringApplication());
		return environment.getProperty("management.otlp.metrics.export.enabled");
	}

	private static ConfigurableEnvironment environment(Map<String, Object> variables) {
		var environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return environment;
	}

}
