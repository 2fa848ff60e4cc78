package io.profileworkflows;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.security.Issuer;
import io.profileworkflows.security.KeyFile;
import org.junit.jupiter.api.Tag;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test that uses the running service over HTTP, where callers have to say who they are:
 * with a token of the {@link Issuer}, or with one of these access keys or of the
 * {@link KeyFile}. Nothing works in the background.
 */
@Tag("sql")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "profile-workflows.outbox.work=false",
				"profile-workflows.outbox.listen=false", "profile-workflows.account-id=123456789012",
				"profile-workflows.events.encryption-keys=" + PostgresTest.ENCRYPTION_KEY,
				"profile-workflows.events.allow-private-targets=true",
				"profile-workflows.limits.failures-per-minute=100000", "profile-workflows.limits.body-time=5s",
				"server.tomcat.connection-timeout=4s", "profile-workflows.watching.most-watchers-per-caller=2",
				"profile-workflows.watching.heartbeat=2s",
				"profile-workflows.security.access-keys[0].access-key-id=AKREADER",
				"profile-workflows.security.access-keys[0].secret-access-key=" + SecuredTest.SECRET,
				"profile-workflows.security.access-keys[0].client=robert",
				"profile-workflows.security.access-keys[0].roles=reader",
				"profile-workflows.security.access-keys[0].domains=" + SecuredTest.OWN_DOMAINS,
				"profile-workflows.security.access-keys[1].access-key-id=AKSUBMITTER",
				"profile-workflows.security.access-keys[1].secret-access-key=" + SecuredTest.SECRET,
				"profile-workflows.security.access-keys[1].client=susan",
				"profile-workflows.security.access-keys[1].roles=submitter",
				"profile-workflows.security.access-keys[1].domains=" + SecuredTest.OWN_DOMAINS,
				"profile-workflows.security.access-keys[2].access-key-id=AKOPERATOR",
				"profile-workflows.security.access-keys[2].secret-access-key=" + SecuredTest.SECRET,
				"profile-workflows.security.access-keys[2].client=olga",
				"profile-workflows.security.access-keys[2].roles=operator",
				"profile-workflows.security.access-keys[2].domains=" + SecuredTest.OWN_DOMAINS,
				"profile-workflows.security.access-keys[3].access-key-id=AKEVERYWHERE",
				"profile-workflows.security.access-keys[3].secret-access-key=" + SecuredTest.SECRET,
				"profile-workflows.security.access-keys[3].client=oscar",
				"profile-workflows.security.access-keys[3].roles=operator",
				"profile-workflows.security.access-keys[3].domains=*",
				"profile-workflows.security.allowed[0].domains=restricted-*",
				"profile-workflows.security.allowed[0].roles=arn:aws:iam::123456789012:role/restricted/*",
				"profile-workflows.security.allowed[1].domains=own-*,other-*,pattern*,a_b,axb,domain-fuzz",
				"profile-workflows.security.allowed[1].roles=*" })
@ContextConfiguration(initializers = { SimulatedAws.class, Issuer.class, KeyFile.class })
@Import({ SecuredTest.Database.class, WorkOff.class })
public @interface SecuredTest {

	/** That of every access key. */
	String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

	/** Those of every access key but the last. */
	String OWN_DOMAINS = "own-*,restricted-*";

	@TestConfiguration(proxyBeanMethods = false)
	class Database {

		private static final JdbcConnectionDetails OWN = Postgres.create("secured");

		@Bean
		JdbcConnectionDetails jdbcConnectionDetails() {
			return OWN;
		}

	}

}
