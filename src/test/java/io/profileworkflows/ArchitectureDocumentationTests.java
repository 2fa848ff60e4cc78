package io.profileworkflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the modules in docs/architecture.md as the code declares them.
 */
@OnTheSide
class ArchitectureDocumentationTests {

	private static final Path PAGE = Path.of("docs", "architecture.md");

	private final ApplicationModules modules = ApplicationModules.of(ProfileWorkflowsApplication.class);

	@Test
	void drawsEachModuleAndWhatItMayUse() {
		var part = new GeneratedPart(PAGE, "modules");
		var drawn = drawn();

		assertThat(part.inPage()).withFailMessage(() -> part.whatToPaste(drawn)).isEqualTo(drawn);
	}

	@Test
	void saysWhatEachModuleIsFor() throws IOException {
		var rows = Files.readAllLines(PAGE)
			.stream()
			.filter(line -> line.startsWith("| `"))
			.map(line -> line.split("`")[1])
			.toList();

		assertThat(rows).containsExactlyInAnyOrderElementsOf(
				modules.stream().map(module -> module.getIdentifier().toString()).toList());
	}

	private String drawn() {
		return modules.stream()
			.sorted()
			.map(ArchitectureDocumentationTests::arrows)
			.collect(Collectors.joining("\n", "```mermaid\ngraph TD\n", "\n```"));
	}

	private static String arrows(org.springframework.modulith.core.ApplicationModule module) {
		var declared = module.getBasePackage().getAnnotation(ApplicationModule.class);
		assertThat(declared).as("declaration of " + module.getIdentifier()).isPresent();
		var used = Arrays.stream(declared.orElseThrow().allowedDependencies())
			.map(dependency -> dependency.split(" ")[0])
			.distinct()
			.sorted()
			.collect(Collectors.joining(" & "));
		return "  " + module.getIdentifier() + (used.isEmpty() ? "" : " --> " + used);
	}

}
