package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.pauses.Pause;
import io.profileworkflows.pauses.PausedDomains;
import io.profileworkflows.pauses.Pauses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StateInWordsTests {

	private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");

	private final Workflow workflow = accepted();

	@Test
	void sayThatAWorkflowGoesItsWay() {
		assertThat(StateInWords.of(workflow, null)).isEqualTo("Accepted; waits to be sent to Customer Profiles");
		assertThat(StateInWords.ofStandstill(workflow, null)).isNull();
		workflow.submit();
		assertThat(StateInWords.of(workflow, null)).isEqualTo("Being sent to Customer Profiles");
		workflow.confirm("0".repeat(32), Provenance.CREATED, NOON);
		assertThat(StateInWords.of(workflow, null)).isEqualTo("Runs at Customer Profiles");
		assertThat(StateInWords.ofStandstill(workflow, null)).isNull();
	}

	@Test
	void sayWhoPausedSinceWhenAndWhy() {
		var pause = new Pause("retail", "olga", NOON, "the sales org moves");

		assertThat(StateInWords.ofStandstill(workflow, pause)).isEqualTo(
				"Paused: nothing is sent to this domain since 2026-11-24T12:00:00Z, by olga: the sales org moves");
		assertThat(StateInWords.of(workflow, new Pause(Pauses.EVERYWHERE, "olga", NOON, "an incident")))
			.isEqualTo("Paused: nothing is sent to any domain since 2026-11-24T12:00:00Z, by olga: an incident");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "😀" })
	void fitIntoWhatAwsAllows(String character) {
		var text = StateInWords.of(workflow, new Pause("retail", "olga", NOON, character.repeat(400)));

		assertThat(text).hasSizeBetween(254, 255).endsWith(character + "…");
	}

	@Test
	void sayWhatIsFoundOutOrMustBeDecided() {
		workflow.submit();
		workflow.loseSight();
		assertThat(StateInWords.of(workflow, null)).startsWith("UNCONFIRMED: ").doesNotContain("deletion");
		workflow.review();
		assertThat(StateInWords.of(workflow, null)).startsWith("NEEDS_REVIEW: ").doesNotContain("deletion");
	}

	@Test
	void sayThatDeletionIsRequested() {
		workflow.submit();
		workflow.requestDeletion();
		assertThat(StateInWords.of(workflow, null)).startsWith("Being sent").contains("; deletion is requested");
		workflow.loseSight();
		assertThat(StateInWords.of(workflow, null)).startsWith("UNCONFIRMED").contains("; deletion is requested");
		workflow.review();
		assertThat(StateInWords.of(workflow, null)).startsWith("NEEDS_REVIEW").contains("; deletion is requested");
	}

	@Test
	void doNotCallUnsentWhatWasSentAndProvedAbsent() {
		workflow.submit();
		workflow.loseSight();
		workflow.cancel();

		assertThat(StateInWords.of(workflow, null))
			.isEqualTo("Deleted on request; it was never made at Customer Profiles");
	}

	@Test
	void sayWhatARetryWaitsFor() {
		workflow.submit();
		workflow.confirm("0".repeat(32), Provenance.CREATED, NOON);
		workflow.follow(new Progress("FAILED", "The connection is gone", null, null, null, List.of()));
		var retry = Workflow.retry(workflow, Map.of(), WorkflowId.next(),
				SampleRequest.of("retail", "accounts").request(), new AcceptedDocument("{}", new byte[32], "[]"), NOON);

		assertThat(StateInWords.of(retry, null))
			.isEqualTo("Waits until workflow %s, which failed, is deleted at Customer Profiles", workflow.id());
		assertThat(StateInWords.of(workflow, null)).isEqualTo("The connection is gone");
	}

	@Test
	void nameThePauseOfTheDomainBeforeThatOfAll() {
		var own = new Pause("retail", "olga", NOON, "moves");
		var all = new Pause(Pauses.EVERYWHERE, "oscar", NOON, "incident");

		assertThat(workflow.heldBy(new PausedDomains(Map.of("retail", own, "*", all)))).isEqualTo(own);
		assertThat(workflow.heldBy(new PausedDomains(Map.of("support", own, "*", all)))).isEqualTo(all);
		assertThat(workflow.heldBy(new PausedDomains(Map.of("support", own)))).isNull();
		workflow.submit();
		assertThat(workflow.heldBy(new PausedDomains(Map.of("*", all)))).as("what is under way goes on").isNull();
	}

	private static Workflow accepted() {
		return new Workflow(WorkflowId.next(), SampleRequest.of("retail", "accounts").request(),
				new AcceptedDocument("{}", new byte[32], "[]"), "anna", NOON);
	}

}
