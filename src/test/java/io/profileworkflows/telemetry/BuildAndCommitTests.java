package io.profileworkflows.telemetry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import io.profileworkflows.ServiceTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
class BuildAndCommitTests {

	private static final Path POM = Path.of("pom.xml");

	private final RestClient management;

	BuildAndCommitTests(@LocalManagementPort int port) {
		this.management = RestClient.create("http://localhost:" + port);
	}

	@Test
	void tellTheVersionAndNoTimeButThatOfTheSources() {
		var build = info().path("build");

		assertThat(POM).content()
			.contains("<version>%s</version>".formatted(build.path("version").asString("")),
					"<project.build.outputTimestamp>%s<".formatted(build.path("time").asString("")));
		assertThat(build.path("name").asString("")).isEqualTo("Profile Workflows");
	}

	/** Also in a worktree; an archive of the sources has no commit to tell. */
	@Test
	void tellTheCommit() {
		Assumptions.assumeTrue(Files.exists(Path.of(".git")), "not built from a repository");

		var git = info().path("git");

		assertThat(git.at("/commit/id/full").asString("")).matches("[0-9a-f]{40}");
		assertThat(git.at("/commit/time").asString("")).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+(\\.\\d+)?Z");
		assertThat(git.propertyNames()).as("not who built it, where and when").containsExactly("commit");
	}

	@Test
	void tellBothInTheMetrics() {
		var version = info().at("/build/version").asString("");
		var commit = info().at("/git/commit/id/abbrev").asString("unknown");

		assertThat(get("/actuator/prometheus").lines())
			.contains("build_info{commit=\"%s\",version=\"%s\"} 1".formatted(commit, version));
	}

	private JsonNode info() {
		return new JsonMapper().readTree(get("/actuator/info"));
	}

	private String get(String path) {
		return Objects.requireNonNull(management.get().uri(path).retrieve().body(String.class));
	}

}
