package io.profileworkflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps words out of code, comments, messages and pages that a reader stumbles over.
 */
@OnTheSide
class WordsTests {

	private static final List<String> PLACES = List.of("src", "docs", "helm", "compose", "image", ".ci", "README.md",
			"CONTRIBUTING.md", "CHANGELOG.md", "UPGRADING.md", "SECURITY.md", "Dockerfile", "docker-compose.yml",
			"pom.xml");

	/** A released migration is never edited, and some files are those of others. */
	private static final Pattern LEFT_ALONE = Pattern
		.compile(".*/(db/migration|swagger-ui|images|aws-model|WordsTests\\.java).*");

	private static final Pattern TEXT = Pattern
		.compile(".*(\\.(java|sql|yaml|yml|html|css|js|md|tpl|txt|sh|properties|xml)|/[a-zA-Z-]+)");

	private static final Pattern STUMBLING = Pattern
		.compile("(?i)\\b(whoever|whomever|for want of|he|him|his|she|hers?|what is [a-z ]+ stands in)\\b");

	@Test
	void nobodyStumbles() throws IOException {
		assertThat(STUMBLING.matcher("as Whoever asks").find()).as("the pattern finds what it is for").isTrue();
		var files = PLACES.stream().flatMap(WordsTests::files).filter(WordsTests::isOurText).toList();

		assertThat(files).hasSizeGreaterThan(1000);
		for (var file : files) {
			var text = Files.readString(file);
			assertThat(STUMBLING.matcher(text)
				.results()
				.map(found -> "%s: %s".formatted(file, around(text, found.start())))).isEmpty();
		}
	}

	private static Stream<Path> files(String place) {
		try (var files = Files.walk(Path.of(place))) {
			return files.filter(Files::isRegularFile).toList().stream();
		}
		catch (IOException failure) {
			throw new AssertionError(failure);
		}
	}

	private static boolean isOurText(Path file) {
		var name = file.toString();
		return TEXT.matcher(name).matches() && !LEFT_ALONE.matcher(name).matches();
	}

	private static String around(String text, int place) {
		return text.substring(Math.max(place - 30, 0), Math.min(place + 30, text.length()));
	}

}
