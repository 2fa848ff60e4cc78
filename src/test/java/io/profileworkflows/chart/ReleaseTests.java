package io.profileworkflows.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code .ci/release} refuses, and what it makes, in a repository of its own.
 */
@OnTheSide
class ReleaseTests {

	private static final String MIGRATIONS = "src/main/resources/db/migration";

	private static final String RELEASED = "src/test/java/io/profileworkflows/database/MigrationsTests.java";

	private static final List<String> FILES = List.of(".ci/release", "pom.xml", "helm/profile-workflows", MIGRATIONS,
			RELEASED);

	private static final String CHANGELOG = """
			# Changelog

			## [Unreleased]

			### Added

			- Something new.

			### Changed

			### Fixed

			## [0.0.1] - 2026-01-01

			### Fixed

			- Something old.
			""";

	@TempDir
	private Path directory;

	private Path repository;

	@BeforeEach
	void createRepository() throws IOException, InterruptedException {
		repository = Files.createDirectory(directory.resolve("profile-workflows"));
		for (var file : FILES) {
			Files.createDirectories(repository.resolve(file).getParent());
			FileSystemUtils.copyRecursively(Path.of(file), repository.resolve(file));
		}
		repository.resolve(".ci/release").toFile().setExecutable(true);
		Files.writeString(repository.resolve("CHANGELOG.md"), CHANGELOG);
		knowAllMigrations();
		git("init", "--quiet");
		commit();
	}

	@Test
	void writesTheVersionWhereverItStands() throws IOException, InterruptedException {
		assertThat(release("prepare", "9.8.7")).returns(0, Result::exit);
		commit();

		assertThat(read("pom.xml")).contains("<version>9.8.7</version>").doesNotContain("SNAPSHOT");
		assertThat(read("helm/profile-workflows/Chart.yaml")).contains("\nversion: 9.8.7\nappVersion: 9.8.7\n");
		assertThat(read("CHANGELOG.md")).containsPattern("""
				# Changelog

				## \\[9\\.8\\.7] - \\d{4}-\\d\\d-\\d\\d

				### Added

				- Something new\\.

				## \\[0\\.0\\.1] - 2026-01-01

				### Fixed

				- Something old\\.
				""");
		assertThat(release("check")).returns(0, Result::exit)
			.returns(".ci/release: this commit has no tag v9.8.7 yet\n", Result::output);
		git("tag", "v9.8.7");
		assertThat(release("check")).isEqualTo(new Result(0, ""));
	}

	@Test
	void goesOnWithTheNextVersionOfDevelopment() throws IOException, InterruptedException {
		release("prepare", "9.8.7");
		commit();

		assertThat(release("prepare", "9.9.0-SNAPSHOT")).returns(0, Result::exit);

		assertThat(read("pom.xml")).contains("<version>9.9.0-SNAPSHOT</version>");
		assertThat(read("helm/profile-workflows/Chart.yaml")).contains("\nversion: 9.9.0-SNAPSHOT\n");
		assertThat(read("CHANGELOG.md")).startsWith("""
				# Changelog

				## [Unreleased]

				### Added

				### Changed

				### Fixed

				## [9.8.7] -""");
	}

	@Test
	void datesTheSectionThatWaitsForTheVersion() throws IOException, InterruptedException {
		write("CHANGELOG.md", CHANGELOG.replace("- Something new.\n", "")
			.replace("[0.0.1] - 2026-01-01", "[9.8.7] - not released yet"));

		assertThat(release("prepare", "9.8.7")).returns(0, Result::exit);

		assertThat(read("CHANGELOG.md")).matches("""
				# Changelog

				## \\[9\\.8\\.7] - \\d{4}-\\d\\d-\\d\\d

				### Fixed

				- Something old\\.
				""");
	}

	@Test
	void doesNotGuessToWhichVersionALineBelongs() throws IOException, InterruptedException {
		write("CHANGELOG.md", CHANGELOG.replace("[0.0.1] - 2026-01-01", "[9.8.7] - not released yet"));

		assertThat(release("prepare", "9.8.7")).returns(1, Result::exit)
			.extracting(Result::output)
			.asString()
			.contains("move them below 9.8.7");
	}

	@Test
	void releasesNothingThatIsInDevelopment() throws IOException, InterruptedException {
		release("prepare", "9.9.0-SNAPSHOT");
		commit();

		assertRefused("pom.xml has 9.9.0-SNAPSHOT, which is no release");
	}

	@Test
	void releasesNothingThatIsNotCommitted() throws IOException, InterruptedException {
		release("prepare", "9.8.7");

		assertRefused("there are changes that are not committed:  M CHANGELOG.md");
	}

	@Test
	void releasesNoChartOfAnotherVersion() throws IOException, InterruptedException {
		release("prepare", "9.8.7");
		replace("helm/profile-workflows/Chart.yaml", "\nversion: 9.8.7", "\nversion: 9.8.6");
		commit();

		assertRefused("Chart.yaml has version 9.8.6, pom.xml 9.8.7");
	}

	@Test
	void releasesNothingThatTheChangelogDoesNotTellOf() throws IOException, InterruptedException {
		release("prepare", "9.8.7");
		replace("CHANGELOG.md", "- Something new.\n", "");
		commit();
		assertRefused("CHANGELOG.md says nothing of 9.8.7");

		replace("CHANGELOG.md", "[9.8.7]", "[9.8.8]");
		commit();
		assertRefused("CHANGELOG.md has no section '## [9.8.7] - date'");
	}

	@Test
	void releasesNothingThatTheChangelogPutsOff() throws IOException, InterruptedException {
		release("prepare", "9.8.7");
		replace("CHANGELOG.md", "# Changelog\n", "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- More.\n");
		commit();

		assertRefused("CHANGELOG.md has lines below Unreleased");
	}

	@Test
	void releasesNoMigrationThatCouldBeChangedLater() throws IOException, InterruptedException {
		write(MIGRATIONS + "/V999__one_more.sql", "select 1;\n");
		release("prepare", "9.8.7");
		commit();

		assertRefused("migration V999 is released with this: MigrationsTests has to know its checksum");
	}

	@Test
	void releasesNoVersionTwice() throws IOException, InterruptedException {
		git("tag", "v9.8.7");
		release("prepare", "9.8.7");
		commit();

		assertRefused("v9.8.7 is another commit");
	}

	@Test
	void refusesWhatIsNoVersion() throws IOException, InterruptedException {
		assertThat(release("prepare", "v9.8")).returns(1, Result::exit);
		assertThat(git("status", "--porcelain").output()).isEmpty();
	}

	@Test
	void packagesTheChartAsHelmDoes() throws IOException, InterruptedException {
		var ours = Files.createDirectory(directory.resolve("ours"));
		var helms = Files.createDirectory(directory.resolve("helms"));

		assertThat(release("chart", ours.toString())).returns(0, Result::exit);
		new Helm(repository.resolve("helm/profile-workflows")).packageIt().withDestination(helms).call();

		var archive = onlyFileOf(ours);
		var helmsArchive = onlyFileOf(helms);
		assertThat(archive).hasFileName(helmsArchive.getFileName().toString());
		assertThat(contents(archive)).isEqualTo(contents(helmsArchive)).isNotEmpty();
	}

	@Test
	void packagesTheSameChartTwice() throws IOException, InterruptedException {
		release("chart", directory.resolve("first").toString());
		for (var file : FILES) {
			repository.resolve(file).toFile().setLastModified(0);
		}
		release("chart", directory.resolve("second").toString());

		assertThat(onlyFileOf(directory.resolve("first")))
			.hasSameBinaryContentAs(onlyFileOf(directory.resolve("second")));
	}

	@Test
	@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "builds the jar once more: -Psoak")
	void makesAllThatIsPublished() throws IOException, InterruptedException {
		Files.createDirectories(repository);
		for (var file : List.of("src", ".mvn", "mvnw", "image")) {
			FileSystemUtils.copyRecursively(Path.of(file), repository.resolve(file));
		}
		knowAllMigrations();
		repository.resolve("mvnw").toFile().setExecutable(true);
		write(".gitignore", "target/\n");
		release("prepare", "9.8.7");
		commit();
		git("tag", "v9.8.7");

		assertThat(release()).returns(0, Result::exit);

		var made = repository.resolve("target/release");
		assertThat(made.toFile().list()).containsExactlyInAnyOrder("profile-workflows-9.8.7.jar",
				"profile-workflows-9.8.7.cdx.json", "profile-workflows-9.8.7.tgz", "SHA256SUMS");
		assertThat(run(made, "sha256sum", "--check", "--strict", "SHA256SUMS")).returns(0, Result::exit);
		try (var jar = new JarFile(made.resolve("profile-workflows-9.8.7.jar").toFile())) {
			assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version")).isEqualTo("9.8.7");
		}
		assertThat(Files.readString(made.resolve("profile-workflows-9.8.7.cdx.json"))).contains("CycloneDX", "9.8.7");
	}

	@Test
	void findsAChangelogThatItUnderstands() throws IOException {
		var headings = Files.readAllLines(Path.of("CHANGELOG.md"))
			.stream()
			.filter(line -> line.startsWith("#"))
			.toList();

		assertThat(headings).startsWith("# Changelog", "## [Unreleased]")
			.allMatch(Pattern
				.compile("# Changelog|## \\[Unreleased]"
						+ "|## \\[\\d+\\.\\d+\\.\\d+] - (\\d{4}-\\d\\d-\\d\\d|not released yet)"
						+ "|### (Added|Changed|Deprecated|Removed|Fixed|Security)")
				.asMatchPredicate());
	}

	private void assertRefused(String reason) throws IOException, InterruptedException {
		assertThat(release("check")).returns(1, Result::exit).extracting(Result::output).asString().contains(reason);
	}

	private void knowAllMigrations() throws IOException {
		try (var migrations = Files.list(repository.resolve(MIGRATIONS))) {
			var known = migrations.map(migration -> migration.getFileName().toString())
				.map(name -> "// \"" + name.substring(1, name.indexOf("__")) + "\"\n")
				.collect(joining());
			write(RELEASED, read(RELEASED) + known);
		}
	}

	/** Each file's name and content; Helm writes Chart.yaml in a manner of its own. */
	private static Map<String, String> contents(Path archive) throws IOException, InterruptedException {
		var parent = archive.getParent();
		assertThat(run(parent, "tar", "xzf", archive.toString())).returns(0, Result::exit);
		try (var files = Files.walk(parent.resolve("profile-workflows"))) {
			return files.filter(Files::isRegularFile)
				.collect(toMap(file -> parent.relativize(file).toString(),
						file -> file.endsWith("Chart.yaml") ? "" : contentOf(file)));
		}
	}

	private static String contentOf(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static Path onlyFileOf(Path directory) throws IOException {
		try (var files = Files.list(directory)) {
			var all = files.toList();
			assertThat(all).hasSize(1);
			return all.getFirst();
		}
	}

	private Result release(String... args) throws IOException, InterruptedException {
		return run(repository, Stream.concat(Stream.of(".ci/release"), Stream.of(args)).toArray(String[]::new));
	}

	private void commit() throws IOException, InterruptedException {
		git("add", "--all");
		assertThat(git("commit", "--quiet", "--allow-empty", "--message", "Change")).returns(0, Result::exit);
	}

	private Result git(String... args) throws IOException, InterruptedException {
		return run(repository,
				Stream
					.concat(Stream.of("git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"),
							Stream.of(args))
					.toArray(String[]::new));
	}

	private String read(String file) throws IOException {
		return Files.readString(repository.resolve(file));
	}

	private void write(String file, String content) throws IOException {
		Files.writeString(repository.resolve(file), content);
	}

	private void replace(String file, String text, String other) throws IOException {
		assertThat(read(file)).contains(text);
		write(file, read(file).replace(text, other));
	}

	private static Result run(Path directory, String... command) throws IOException, InterruptedException {
		var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		// whatever this machine's git is told
		builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
		builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null"));
		var process = builder.start();
		var output = new String(process.getInputStream().readAllBytes());
		return new Result(process.waitFor(), output);
	}

	record Result(int exit, String output) {
	}

}
