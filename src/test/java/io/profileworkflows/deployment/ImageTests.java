package io.profileworkflows.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
	void needsNoShell() throws IOException {
		assertThat(stage("service").lines().filter(line -> line.matches("(RUN|ENTRYPOINT|CMD) .*"))).hasSize(2)
			.allSatisfy(line -> assertThat(line).matches("\\w+ \\[.*]"));
	}

	@Test
	void beginsAsTheMeasuredScriptDoes() throws IOException {
		assertThat(stage("service")).contains("RUN [\"java\", \"@/image/train.args\"]",
				"ENTRYPOINT [\"java\", \"@/image/run.args\"]");
		assertThat(Path.of("image/without-docker")).isExecutable()
			.content()
			.contains("@\"$args/train.args\"", "@\"$args/run.args\"");
		assertThat(Path.of("image/train.args")).content()
			.contains("-XX:AOTCacheOutput=profile-workflows.aot", "-XX:+UseSerialGC",
					"-Dspring.context.exit=onRefresh");
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

	private static String stage(String name) throws IOException {
		var stage = Pattern.compile("(?ms)^FROM \\S+ AS " + name + "$.*?(?=^FROM |\\z)")
			.matcher(Files.readString(DOCKERFILE));
		assertThat(stage.find()).isTrue();
		return stage.group();
	}

}
