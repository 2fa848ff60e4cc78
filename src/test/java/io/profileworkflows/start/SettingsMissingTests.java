package io.profileworkflows.start;

import io.profileworkflows.OwnOutput;
import io.profileworkflows.OwnOutput.Output;
import io.profileworkflows.ProfileWorkflowsApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OwnOutput.class)
class SettingsMissingTests {

	private final DatabasePrerequisite database = new DatabasePrerequisite();

	@Test
	void areNamedAllAtOnceBeforeAnythingIsLoaded(Output output) {
		assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> ProfileWorkflowsApplication
			.main(new String[] { "--spring.datasource.url=", "--profile-workflows.security.enabled=true" }));

		assertThat(output).contains("The service cannot start without these settings")
			.contains("  SPRING_DATASOURCE_URL\n      the PostgreSQL database, such as jdbc:postgresql://")
			.contains("  SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI\n      the identity provider")
			.contains("PROFILEWORKFLOWS_SECURITY_ACCESSKEYSFILE")
			.contains("./mvnw spring-boot:test-run")
			.doesNotContain("Starting ProfileWorkflowsApplication")
			.doesNotContain("embedded database (H2")
			.doesNotContain("\tat ");
	}

	@Test
	void areThoseOfTheDatabaseForTheMigration(Output output) {
		assertThatExceptionOfType(CannotStart.class)
			.isThrownBy(() -> ProfileWorkflowsApplication.main(new String[] { "migrate", "--spring.datasource.url=" }));

		assertThat(output).contains("  SPRING_DATASOURCE_URL\n").doesNotContain("SPRING_SECURITY_OAUTH2");
	}

	@ParameterizedTest
	@CsvSource({ "postgres://owner:secret@localhost/workflows, postgres://",
			"postgresql://localhost/workflows, postgresql://", "jdbc:mysql://localhost/workflows, jdbc:mysql://",
			"localhost:5432/secret, local" })
	void includeADatabaseWhoseAddressIsNoneOfTheDriver(String url, String beginning) {
		assertThat(database.missingFrom(with("spring.datasource.url", url)))
			.satisfies(missing -> assertThat(missing.hint())
				.startsWith("begins with \"%s\", but has to look like jdbc:postgresql://".formatted(beginning))
				.doesNotContain("secret"));
	}

	@Test
	void areNoneWhereTheDatabaseIsNamed() {
		assertThat(database.missingFrom(with("spring.datasource.url", "jdbc:postgresql://a,b/workflows"))).isNull();
		assertThat(database.missingFrom(with("spring.datasource.jndi-name", "java:comp/env/jdbc/workflows"))).isNull();
	}

	private static MockEnvironment with(String property, String value) {
		return new MockEnvironment().withProperty(property, value);
	}

}
