package io.profileworkflows.security;

import io.profileworkflows.OwnOutput;
import io.profileworkflows.OwnOutput.Output;
import io.profileworkflows.Postgres;
import io.profileworkflows.ProfileWorkflowsApplication;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.start.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OwnOutput.class)
class NobodyCanAuthenticateTests {

	@Test
	void keepsTheServiceFromStartingAndSaysWhatToSet(Output output) {
		var database = Postgres.create("nobody");
		var application = new SpringApplicationBuilder(ProfileWorkflowsApplication.class)
			.initializers(new SimulatedAws())
			.properties("spring.datasource.url=" + database.getJdbcUrl(),
					"spring.datasource.username=" + database.getUsername(),
					"spring.datasource.password=" + database.getPassword());

		assertThatThrownBy(() -> application.run("--server.port=0", "--management.server.port=0")).rootCause()
			.isInstanceOf(CannotStart.class);

		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("profile-workflows.security.enabled is true, but nothing is configured to authenticate callers")
			.contains("Set spring.security.oauth2.resourceserver.jwt.issuer-uri")
			.contains("profile-workflows.security.access-keys")
			.doesNotContain("\tat ");
	}

}
