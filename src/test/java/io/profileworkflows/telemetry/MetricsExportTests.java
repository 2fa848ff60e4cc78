package io.profileworkflows.telemetry;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsExportTests {

	private static final String ENABLED = "management.otlp.metrics.export.enabled";

	@Test
	void isOffWithoutAnEndpoint() {
		var environment = environment(Map.of());

		assertThat(environment.getProperty(ENABLED)).isEqualTo("false");
		assertThat(environment.containsProperty("management.opentelemetry.tracing.export.otlp.endpoint")).isFalse();
		assertThat(environment.getProperty("management.logging.export.otlp.enabled")).isEqualTo("false");
	}

	@Test
	void isOnWithAnEndpoint() {
		assertThat(environment(Map.of("management.otlp.metrics.export.url", "http://collector:4318/v1/metrics"))
			.getProperty(ENABLED)).isEqualTo("true");
	}

	@Test
	void leavesTheLastWordToWhoeverSaysMore() {
		var environment = environment(
				Map.of("management.otlp.metrics.export.url", "http://collector:4318/v1/metrics", ENABLED, "false"));

		assertThat(environment.getProperty(ENABLED)).isEqualTo("false");
	}

	/** As an application of ours has it that is given these properties. */
	private static ConfigurableEnvironment environment(Map<String, Object> properties) {
		var environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("given", properties));
		var application = new SpringApplication(Nothing.class);
		application.setEnvironment(environment);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setLogStartupInfo(false);
		try (var _ = application.run()) {
			return environment;
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
