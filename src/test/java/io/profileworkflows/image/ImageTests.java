package io.profileworkflows.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be said of the image where there is no Docker.
 */
class ImageTests {

	private static final Path DOCKERFILE = Path.of("Dockerfile");

	@Test
	void runsAsANumberThatIsNotRoot() throws IOException {
		assertThat(stage("service")).containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n");
		assertThat(stage("simulator")).containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n");
	}

	@Test
	void isBuiltFromWhatItsFirstLinesPinByDigest() throws IOException {
		var lines = Files.readAllLines(DOCKERFILE);
		var pinned = lines.stream()
			.takeWhile(line -> !line.startsWith("FROM "))
			.map(Pattern.compile("ARG (\\w+)=[\\w./-]+:[\\w.-]+@sha256:[0-9a-f]{64}")::matcher)
			.filter(Matcher::matches)
			.map(argument -> "${%s}".formatted(argument.group(1)))
			.toList();

		var stages = new ArrayList<>(pinned);
		assertThat(lines.stream().filter(line -> line.startsWith("FROM ")).map(line -> line.split(" "))).isNotEmpty()
			.allSatisfy(from -> {
				assertThat(from[1]).isIn(stages);
				stages.add(from[3]);
			});
		assertThat(lines).noneMatch(line -> line.contains("--from=") && !line.matches("COPY --from=[a-z-]+ .*"));
	}

	@Test
	void needsNoShell() throws IOException {
		assertThat(stage("service").lines().filter(line -> line.matches("(RUN|ENTRYPOINT|CMD) .*")))
			.containsExactly("ENTRYPOINT [\"java\", \"@/image/run.args\"]");
	}

	/** A cache fits the JVM and the files it was made with, in their place. */
	@Test
	void isTrainedWhereItRuns() throws IOException {
		var training = stage("training");
		assertThat(training).contains("\nRUN [\"/image/train\", \"/application\", \"/tmp/profile-workflows.aot\"]\n");
		assertThat(stage("service")).contains("\nCOPY --from=training /tmp/profile-workflows.aot ./\n");
		assertThat(base("training")).isEqualTo(base("service"));
		assertThat(application("training")).hasSize(4).isEqualTo(application("service"));
	}

	@Test
	void isMeasuredWithItsOptions() throws IOException {
		assertThat(Path.of("image/without-docker")).isExecutable()
			.content()
			.contains("\nimage/layout \"$work/application\"\n", "@\"$args/run.args\"");
		assertThat(Path.of("image/run.args")).content()
			.contains("-XX:AOTCache=profile-workflows.aot", "-XX:+UseSerialGC");
		var alike = Files.readAllLines(Path.of("image/run.args"))
			.stream()
			.filter(line -> line.startsWith("-X") && !line.contains("AOTCache"))
			.collect(Collectors.joining(" "));
		assertThat(Path.of("image/without-docker")).content()
			.contains("\nalike=(" + alike + ")\n", "\nexport MALLOC_ARENA_MAX=1 ");
		assertThat(stage("service")).contains("\nENV MALLOC_ARENA_MAX=1\n");
	}

	private static String base(String stage) throws IOException {
		return stage(stage).lines().findFirst().orElseThrow().split(" ")[1];
	}

	/** What of the application is where, in this order. */
	private static List<String> application(String stage) throws IOException {
		return stage(stage).lines()
			.filter(line -> line.startsWith("WORKDIR ") || line.startsWith("COPY --from=layers "))
			.toList();
	}

	private static String stage(String name) throws IOException {
		var stage = Pattern.compile("(?ms)^FROM \\S+ AS " + name + "$.*?(?=^FROM |\\z)")
			.matcher(Files.readString(DOCKERFILE));
		assertThat(stage.find()).isTrue();
		return stage.group();
	}

}
