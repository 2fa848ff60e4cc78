package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Keeps docs/cli-options.md true.
 */
@OnTheSide
class CliOptionsTests {

	/** Those of version 2.9, so that the page is checked without a CLI, too. */
	private static final Set<String> KNOWN = Set.of("--domain-name", "--workflow-type", "--integration-config",
			"--object-type-name", "--role-arn", "--tags", "--cli-input-json", "--cli-input-yaml",
			"--generate-cli-skeleton", "--debug", "--endpoint-url", "--no-verify-ssl", "--no-paginate", "--output",
			"--query", "--profile", "--region", "--version", "--color", "--no-sign-request", "--ca-bundle",
			"--cli-read-timeout", "--cli-connect-timeout", "--cli-binary-format", "--no-cli-pager", "--cli-auto-prompt",
			"--no-cli-auto-prompt");

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| `(--[a-z-]+)` \\| the (service|client) \\| (.+) \\| (.+) \\|$");

	private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");

	private static final Pattern NAME = Pattern.compile("`(\\w+)`");

	private final List<MatchResult> rows = ROW.matcher(page()).results().toList();

	@Test
	void hasOneRowForEachOptionOfTheCommand() {
		assertThat(rows).extracting(row -> row.group(1)).doesNotHaveDuplicates().containsAll(KNOWN);
	}

	@Test
	void hasNoRowThatCannotBeRead() {
		assertThat(page().lines().filter(line -> line.startsWith("| `"))).hasSameSizeAs(rows);
	}

	@Test
	void hasARowForEachOptionThatTheInstalledCliKnows(@TempDir Path home) {
		var cli = AwsCli.find(home);
		assumeThat(cli).as("an AWS CLI of version 2, in /usr/bin or on the PATH").isPresent();
		var help = cli.orElseThrow().run("customer-profiles", "create-integration-workflow", "help");
		assumeThat(help.exit()).as("help, which needs groff: " + help.errors()).isZero();

		var plain = help.output().replaceAll(".\\x08", "");
		var synopsis = plain.substring(plain.indexOf("SYNOPSIS"), plain.indexOf("\nOPTIONS"));
		var options = OPTION.matcher(synopsis).results().map(MatchResult::group).collect(Collectors.toSet());

		assertThat(options).hasSizeGreaterThan(20);
		assertThat(rows).extracting(row -> row.group(1)).containsAll(options);
	}

	@Test
	void namesTestsThatExist() {
		var tests = Arrays.stream(AwsCliTests.class.getDeclaredMethods())
			.filter(method -> method.isAnnotationPresent(Test.class))
			.map(Method::getName)
			.toList();

		assertThat(rows).allSatisfy(
				row -> assertThat(NAME.matcher(row.group(4)).results().map(name -> name.group(1))).as(row.group(1))
					.isNotEmpty()
					.isSubsetOf(tests));
	}

	private static String page() {
		try {
			return Files.readString(Path.of("docs", "cli-options.md"));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
