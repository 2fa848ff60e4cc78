package io.profileworkflows;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.profileworkflows.outbox.WorkOff;
import org.junit.jupiter.api.Tag;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole application and a real PostgreSQL, the same one for all tests
 * of a JVM. Nothing works in the background: a test works off the outbox itself, with
 * {@link WorkOff}.
 */
@Tag("sql")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(properties = { "profile-workflows.outbox.work=false", "profile-workflows.outbox.listen=false",
		"profile-workflows.submission.caution-after-start=0s", "profile-workflows.outbox.poll-interval=1h",
		"profile-workflows.outbox.full-look-interval=0s", "profile-workflows.security.enabled=false",
		"profile-workflows.account-id=123456789012", "profile-workflows.upstream.requests-per-second=1000",
		"profile-workflows.flows.requests-per-second=1000", "profile-workflows.upstream.circuit-open-for=100ms",
		"profile-workflows.preflight.time-limit=20s",
		"profile-workflows.events.encryption-keys=" + PostgresTest.ENCRYPTION_KEY,
		"profile-workflows.events.allow-private-targets=true" })
@AutoConfigureMockMvc
@ContextConfiguration(initializers = SimulatedAws.class)
@Import({ PostgresTest.Database.class, WorkOff.class })
public @interface PostgresTest {

	/** Of secrets in the database. */
	String ENCRYPTION_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	@TestConfiguration(proxyBeanMethods = false)
	class Database {

		@Bean
		JdbcConnectionDetails jdbcConnectionDetails() {
			return Postgres.shared();
		}

	}

}
