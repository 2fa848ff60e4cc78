package io.profileworkflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalRunTests {

	/** Among several main methods the plugin does not choose, but fails. */
	@Test
	void isWhatTheFirstCommandOfTheReadmeStarts() throws IOException {
		assertThat(Files.readString(Path.of("README.md"))).contains("./mvnw spring-boot:test-run ");
		assertThat(Files.readString(Path.of("pom.xml"))).contains(
				"<spring-boot.run.main-class>%s</spring-boot.run.main-class>".formatted(LocalRun.class.getName()));
	}

}
