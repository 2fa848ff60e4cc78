package io.profileworkflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps docs/glossary.md and the code together: no term that nothing uses, and no module
 * and no public type of one word that a newcomer cannot look up.
 */
@OnTheSide
class GlossaryTests {

	private static final Path GLOSSARY = Path.of("docs", "glossary.md");

	private static final Pattern TERM = Pattern.compile("\\*\\*([^*]+)\\*\\*");

	private static final Pattern ONE_WORD = Pattern.compile("[A-Z][a-z]+");

	/** Modules that are named after a technology, or after what every service has. */
	private static final Set<String> TECHNICAL = Set.of("appflow", "customerprofiles", "database", "http",
			"integration", "openapi", "security", "start", "telemetry", "threads", "ui");

	/** Types that mean what the word means in English or to every programmer. */
	private static final Set<String> PLAIN = Set.of("Change", "Check", "Checked", "Columns", "Completion", "Computing",
			"Connection", "Cursor", "Deadline", "Documents", "Failure", "Flag", "Holds", "Instructions", "Missing",
			"Paging", "Precondition", "Priority", "Problem", "Problems", "Progress", "Refusal", "Representations",
			"Required", "Requires", "Runs", "Sampled", "Spelling", "Unreadable", "Wildcards");

	private final Set<String> terms = terms();

	@Test
	void hasNoTermThatNothingUses() throws IOException {
		var text = textOf(Path.of("src/main"), Path.of("docs"), Path.of("helm"));

		assertThat(terms).hasSizeGreaterThan(60)
			.allSatisfy(term -> assertThat(text).as(term).containsPattern(Pattern.quote(term)));
	}

	@Test
	void explainsEachModule() {
		var modules = ApplicationModules.of(ProfileWorkflowsApplication.class)
			.stream()
			.map(module -> module.getIdentifier().toString())
			.filter(module -> !TECHNICAL.contains(module));

		assertThat(modules.toList()).allSatisfy(module -> assertThat(isExplained(module)).as(module).isTrue());
	}

	@Test
	void explainsEachPublicTypeOfOneWord() {
		var types = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackagesOf(ProfileWorkflowsApplication.class)
			.stream()
			.filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getSimpleName)
			.filter(name -> ONE_WORD.matcher(name).matches())
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(types).containsAll(PLAIN);
		types.removeAll(PLAIN);
		assertThat(types).allSatisfy(type -> assertThat(isExplained(type)).as(type).isTrue());
	}

	@Test
	void pointsToPlacesThatExist() throws IOException {
		var places = Pattern.compile("`((?:\\w+/)+\\w+\\.java)`")
			.matcher(Files.readString(Path.of("docs", "architecture.md")))
			.results()
			.map(place -> Path.of("src/main/java/io/profileworkflows", place.group(1)))
			.toList();

		assertThat(places).hasSizeGreaterThan(10).allSatisfy(place -> assertThat(place).isRegularFile());
	}

	private boolean isExplained(String name) {
		var word = name.toLowerCase(Locale.ROOT);
		return Stream.of(word, word.replaceFirst("s$", ""), word.replaceFirst("ies$", "y")).anyMatch(terms::contains);
	}

	private static Set<String> terms() {
		try {
			return TERM.matcher(Files.readString(GLOSSARY))
				.results()
				.map((MatchResult term) -> term.group(1).toLowerCase(Locale.ROOT))
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException failure) {
			throw new AssertionError(failure);
		}
	}

	private static String textOf(Path... places) throws IOException {
		var text = new StringBuilder();
		for (var place : places) {
			try (var files = Files.walk(place)) {
				for (var file : files.filter(GlossaryTests::isText).toList()) {
					text.append(Files.readString(file).toLowerCase(Locale.ROOT));
				}
			}
		}
		return text.toString();
	}

	private static boolean isText(Path file) {
		return file.toString().matches(".*\\.(java|sql|yaml|html|md)") && !file.equals(GLOSSARY);
	}

}
