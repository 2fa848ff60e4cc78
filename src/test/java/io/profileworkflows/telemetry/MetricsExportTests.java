package io.profileworkflows.telemetry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

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

	/** In a process of its own, since they are read as the process has them. */
	@Test
	void goesWhereTheVariablesOfOpenTelemetrySay() throws IOException, InterruptedException {
		var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		var start = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Printed.class.getName())
			.redirectErrorStream(true);
		start.environment()
			.putAll(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318", "OTEL_TRACES_SAMPLER",
					"parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG", "0.5"));

		var process = start.start();
		var output = new String(process.getInputStream().readAllBytes());

		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output.lines()).contains(ENABLED + "=true",
				"management.otlp.metrics.export.url=http://collector:4318/v1/metrics",
				"management.opentelemetry.tracing.export.otlp.endpoint=http://collector:4318/v1/traces",
				"management.tracing.sampling.probability=0.5");
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

	static final class Printed {

		private Printed() {
		}

		public static void main(String[] args) {
			var environment = environment(Map.of());
			Stream.of(ENABLED, "management.otlp.metrics.export.url",
					"management.opentelemetry.tracing.export.otlp.endpoint", "management.tracing.sampling.probability")
				.forEach(name -> System.out.println(name + "=" + environment.getProperty(name)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
