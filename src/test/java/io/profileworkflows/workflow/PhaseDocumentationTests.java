package io.profileworkflows.workflow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.GeneratedPart;
import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the phases in docs/architecture.md as {@link Phase} has them.
 */
@OnTheSide
class PhaseDocumentationTests {

	private static final String ENDPOINT = "[*]";

	@Test
	void drawsEachTransition() {
		var part = new GeneratedPart(Path.of("docs", "architecture.md"), "phases");
		var drawn = drawn();

		assertThat(part.inPage()).withFailMessage(() -> part.whatToPaste(drawn)).isEqualTo(drawn);
	}

	private static String drawn() {
		return Stream
			.concat(Stream.of(arrow(ENDPOINT, Phase.ACCEPTED)),
					Arrays.stream(Phase.values()).flatMap(PhaseDocumentationTests::arrowsFrom))
			.collect(Collectors.joining("\n", "```mermaid\nstateDiagram-v2\n", "\n```"));
	}

	private static Stream<String> arrowsFrom(Phase phase) {
		var arrows = Arrays.stream(Phase.values()).filter(phase::canBecome).map(next -> arrow(phase, next)).toList();
		return arrows.isEmpty() ? Stream.of(arrow(phase, ENDPOINT)) : arrows.stream();
	}

	private static String arrow(Object from, Object to) {
		return "  %s --> %s".formatted(from, to);
	}

}
