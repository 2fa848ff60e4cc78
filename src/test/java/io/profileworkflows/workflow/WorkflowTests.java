package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.profileworkflows.SampleRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WorkflowTests {

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

	private static final String REMOTE_ID = "0123456789abcdef0123456789abcdef";

	private final Workflow workflow = new Workflow(WorkflowId.next(), SampleRequest.of("retail", "accounts").request(),
			new AcceptedDocument("{}", new byte[32], "[]"), "anna", NOW);

	@Test
	void beginsAsWhatWasAskedFor() {
		assertThat(workflow.phase()).isEqualTo(Phase.ACCEPTED);
		assertThat(workflow.status()).isEqualTo(Status.NOT_STARTED);
		assertThat(workflow.domainName()).isEqualTo("retail");
		assertThat(workflow.flowName()).isEqualTo("accounts");
		assertThat(workflow.objectTypeName()).isEqualTo("Salesforce-Account");
		assertThat(workflow.connectorType()).isEqualTo("Salesforce");
		assertThat(workflow.connectorProfileName()).isEqualTo("sales-org");
		assertThat(workflow.roleArn()).isEqualTo("arn:aws:iam::123456789012:role/customer-profiles-ingest");
		assertThat(workflow.requestedBy()).isEqualTo("anna");
		assertThat(workflow.tags()).isEqualTo(Map.of("team", "crm", "cost-center", "4711"));
		assertThat(workflow.createdAt()).isEqualTo(NOW);
		assertThat(workflow.metrics()).isNull();
	}

	@Test
	void isNotStartedUntilItIsAtAws() {
		assertThat(after(Workflow::submit)).isEqualTo(Phase.SUBMITTING);
		assertThat(after(Workflow::requeue)).isEqualTo(Phase.ACCEPTED);
		assertThat(after(Workflow::submit)).isEqualTo(Phase.SUBMITTING);
		assertThat(after(Workflow::loseSight)).isEqualTo(Phase.UNCONFIRMED);
		assertThat(after(Workflow::review)).isEqualTo(Phase.NEEDS_REVIEW);

		assertThat(workflow.status()).isEqualTo(Status.NOT_STARTED);
		assertThat(workflow.errorDescription()).isNull();
	}

	@Test
	void knowsWhatItIsAtAwsAndHowItGotThere() {
		workflow.submit();
		workflow.confirm(REMOTE_ID, Provenance.CREATED, NOW);

		assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(workflow.remoteWorkflowId()).isEqualTo(REMOTE_ID);
		assertThat(workflow.provenance()).isEqualTo(Provenance.CREATED);
		assertThat(workflow.status()).isEqualTo(Status.NOT_STARTED);
	}

	@Test
	void isFailedWhenItIsRejected() {
		workflow.submit();
		workflow.reject("The role does not exist");

		assertThat(workflow.phase()).isEqualTo(Phase.REJECTED);
		assertThat(workflow.status()).isEqualTo(Status.FAILED);
		assertThat(workflow.errorDescription()).isEqualTo("The role does not exist");
	}

	@Test
	void isCancelledWhenItIsDeletedBeforeItWasSent() {
		workflow.cancel();

		assertThat(workflow.phase()).isEqualTo(Phase.CANCELLED);
		assertThat(workflow.status()).isEqualTo(Status.CANCELLED);
	}

	@Test
	void isCancelledOnceAwsDeletedIt() {
		submitted().startDeletion();

		assertThat(workflow.status()).as("while it is being deleted").isEqualTo(Status.NOT_STARTED);
		workflow.deleted();
		assertThat(workflow.phase()).isEqualTo(Phase.DELETED);
		assertThat(workflow.status()).isEqualTo(Status.CANCELLED);
	}

	@Test
	void isAgainWhatItWasWhenAwsKeepsIt() {
		submitted().startDeletion();
		workflow.keep();
		assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);

		workflow.follow(says("COMPLETE", null));
		workflow.startDeletion();
		workflow.keep();
		assertThat(workflow.phase()).isEqualTo(Phase.FINISHED);
		assertThat(workflow.status()).isEqualTo(Status.COMPLETE);
	}

	@ParameterizedTest
	@EnumSource(names = { "COMPLETE", "FAILED", "CANCELLED" })
	void endsWhenAwsSaysSo(Status last) {
		submitted().follow(says(last.name(), null));

		assertThat(workflow.phase()).isEqualTo(Phase.FINISHED);
		assertThat(workflow.status()).isEqualTo(last);
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_STARTED", "IN_PROGRESS", "SPLIT", "RETRY" })
	void goesOnAsLongAsAwsGoesOn(Status current) {
		submitted().follow(says(current.name(), null));

		assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(workflow.status()).isEqualTo(current);
	}

	@Test
	void keepsTheLastStatusItUnderstood() {
		submitted().follow(says("IN_PROGRESS", null));

		assertThat(workflow.follow(says("DREAMING", null))).as("something is new").isTrue();

		assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(workflow.status()).isEqualTo(Status.IN_PROGRESS);
		assertThat(workflow.remoteStatus()).isEqualTo("DREAMING");
	}

	@Test
	void takesOverWhatAwsTells() {
		var metrics = new Progress.Metrics(4711, 1, 2);
		var progress = new Progress("IN_PROGRESS", null, NOW.minusSeconds(9), NOW, metrics, List.of());

		assertThat(submitted().follow(progress)).isTrue();

		assertThat(workflow.metrics()).isEqualTo(metrics);
		assertThat(workflow.remoteStartedAt()).isEqualTo(NOW.minusSeconds(9));
		assertThat(workflow.remoteUpdatedAt()).isEqualTo(NOW);
		assertThat(workflow.follow(progress)).as("told again").isFalse();
	}

	@Test
	void keepsItsMetricsWhenAwsTellsNone() {
		var metrics = new Progress.Metrics(4711, 1, 2);
		submitted().follow(new Progress("IN_PROGRESS", null, null, NOW, metrics, List.of()));

		workflow.follow(says("FAILED", "The connector refused the query"));

		assertThat(workflow.metrics()).isEqualTo(metrics);
		assertThat(workflow.errorDescription()).isEqualTo("The connector refused the query");
	}

	@Test
	void saysThatAwsNoLongerKnowsIt() {
		submitted().vanish();

		assertThat(workflow.phase()).isEqualTo(Phase.FINISHED);
		assertThat(workflow.status()).isEqualTo(Status.CANCELLED);
		assertThat(workflow.errorDescription()).isEqualTo("Customer Profiles no longer knows this workflow");
	}

	@Test
	void cutsADescriptionToWhatAwsAllows() {
		workflow.reject("x".repeat(256));

		assertThat(workflow.errorDescription()).hasSize(255).endsWith("x…");
	}

	@Test
	void takesADescriptionOfTheGreatestLengthAsItIs() {
		workflow.reject("x".repeat(255));

		assertThat(workflow.errorDescription()).isEqualTo("x".repeat(255));
	}

	@Test
	void doesNotCutACharacterInTwo() {
		workflow.reject("x".repeat(253) + "😀".repeat(10));

		assertThat(workflow.errorDescription()).hasSizeLessThanOrEqualTo(255)
			.matches(text -> !Character.isHighSurrogate(text.charAt(text.length() - 2)), "is whole");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  " })
	void hasNoDescriptionRatherThanABlankOne(String blank) {
		submitted().follow(says("FAILED", blank));

		assertThat(workflow.errorDescription()).isNull();
	}

	@Test
	void refusesAnImpossibleTransitionAndStaysWhatItIs() {
		workflow.cancel();

		assertThatIllegalStateException().isThrownBy(workflow::submit)
			.withMessage("Workflow %s is CANCELLED and cannot become SUBMITTING", workflow.id());
		assertThat(workflow.phase()).isEqualTo(Phase.CANCELLED);
	}

	@Test
	void changesNothingWhenItCannotBeConfirmed() {
		assertThatIllegalStateException().isThrownBy(() -> workflow.confirm(REMOTE_ID, Provenance.CREATED, NOW));

		assertThat(workflow.remoteWorkflowId()).isNull();
		assertThat(workflow.provenance()).isNull();
	}

	@Test
	void neverGivesItsTagsAway() {
		workflow.tags().put("team", "sales");

		assertThat(workflow.tags()).containsEntry("team", "crm");
	}

	private Phase after(Consumer<Workflow> transition) {
		transition.accept(workflow);
		return workflow.phase();
	}

	private Workflow submitted() {
		workflow.submit();
		workflow.confirm(REMOTE_ID, Provenance.CREATED, NOW);
		return workflow;
	}

	private static Progress says(String status, @Nullable String errorDescription) {
		return new Progress(status, errorDescription, null, null, null, List.of());
	}

}
