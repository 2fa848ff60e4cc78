package io.profileworkflows;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test that uses the running service over HTTP, as its users do: everything works in
 * the background, on a database of its own, with the simulator in the place of AWS.
 */
@Tag("sql")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "profile-workflows.outbox.full-look-interval=500ms", "management.server.port=0",
				"profile-workflows.security.enabled=false", "profile-workflows.account-id=123456789012",
				"profile-workflows.upstream.requests-per-second=1000",
				"profile-workflows.upstream.circuit-open-for=100ms", "profile-workflows.tracking.sweep-interval=200ms",
				"profile-workflows.tracking.list-lag=1s", "profile-workflows.metrics.max-domains=20",
				"profile-workflows.watching.heartbeat=200ms", "profile-workflows.preflight.time-limit=20s",
				"profile-workflows.events.encryption-keys=" + PostgresTest.ENCRYPTION_KEY,
				"profile-workflows.events.allow-private-targets=true",
				"profile-workflows.events.first-retry-after=50ms", "management.tracing.sampling.probability=1",
				"management.opentelemetry.tracing.export.schedule-delay=100ms" })
@ContextConfiguration(initializers = SimulatedAws.class)
@Import({ ServiceTest.Database.class, RecordedSpans.class })
public @interface ServiceTest {

	@TestConfiguration(proxyBeanMethods = false)
	class Database {

		private static final JdbcConnectionDetails OWN = Postgres.create("service");

		@Bean
		JdbcConnectionDetails jdbcConnectionDetails() {
			return OWN;
		}

	}

}
