package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows each link between the pages, and looks for each test that a page names.
 */
@OnTheSide
class DocumentationLinksTests {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)\\b");

	private static final Pattern HEADING = Pattern.compile("#{1,6} (.+)");

	private static final Set<String> TESTS = tests();

	static List<Path> pages() throws IOException {
		try (var root = Files.list(Path.of(""));
				var docs = Files.walk(Path.of("docs"));
				var chart = Files.walk(Path.of("helm"))) {
			return Stream.of(root, docs, chart)
				.flatMap(paths -> paths)
				.filter(path -> path.toString().endsWith(".md"))
				.sorted()
				.toList();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void leadToPagesAndHeadingsThatExist(Path page) throws IOException {
		assertThat(matches(LINK, page)).filteredOn(link -> !link.contains("://"))
			.allSatisfy(link -> assertThat(exists(page, link)).as(link).isTrue());
	}

	@ParameterizedTest
	@MethodSource("pages")
	void nameTestsThatExist(Path page) throws IOException {
		assertThat(TESTS).containsAll(matches(TEST, page));
	}

	@Test
	void includeEachPageInTheIndex() throws IOException {
		var index = Path.of("docs/README.md");
		var listed = matches(LINK, index).stream()
			.map(link -> Path.of("docs").resolve(link.replaceAll("#.*", "")).normalize())
			.toList();

		assertThat(pages()).filteredOn(page -> !page.equals(index))
			.allSatisfy(page -> assertThat(listed).as("docs/README.md, on " + page)
				.anyMatch(target -> page.equals(target) || page.startsWith(target)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			A request and its answers             | a-request-and-its-answers
			Waiting: `Prefer: wait=N`             | waiting-prefer-waitn
			The operator's page                   | the-operators-page
			canceling statement (55P03), or not   | canceling-statement-55p03-or-not
			0.1.0                                 | 010
			""")
	void knowHowAHeadingBecomesAnAnchor(String heading, String anchor) {
		assertThat(anchor(heading)).isEqualTo(anchor);
	}

	private static boolean exists(Path page, String link) throws IOException {
		var parts = link.split("#", 2);
		var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
		return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
	}

	private static Set<String> anchors(Path page) throws IOException {
		var times = new HashMap<String, Integer>();
		var anchors = new HashSet<String>();
		for (var line : prose(page)) {
			var heading = HEADING.matcher(line);
			if (heading.matches()) {
				var anchor = anchor(heading.group(1));
				var before = times.merge(anchor, 1, Integer::sum) - 1;
				anchors.add((before == 0) ? anchor : anchor + "-" + before);
			}
		}
		return anchors;
	}

	/** As GitHub does it. */
	private static String anchor(String heading) {
		return heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
	}

	private static List<String> matches(Pattern pattern, Path page) throws IOException {
		return prose(page).stream()
			.flatMap(line -> pattern.matcher(line).results())
			.map(found -> found.group(1))
			.toList();
	}

	/** All lines but those of code. */
	private static List<String> prose(Path page) throws IOException {
		var prose = new ArrayList<String>();
		var inCode = false;
		for (var line : Files.readAllLines(page)) {
			if (line.strip().startsWith("```")) {
				inCode = !inCode;
			}
			else if (!inCode) {
				prose.add(line);
			}
		}
		return prose;
	}

	private static Set<String> tests() {
		try (var files = Files.walk(Path.of("src/test/java"))) {
			return files.map(file -> file.getFileName().toString())
				.filter(name -> name.endsWith("Tests.java"))
				.map(name -> name.replace(".java", ""))
				.collect(Collectors.toSet());
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
