package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class WorkflowsTests {

	private static final IdempotencyKey KEY = IdempotencyKey.chosen("order-66");

	private static final String REMOTE_ID = "0123456789abcdef0123456789abcdef";

	private static final Cause CAUSE = Cause.of("test", "to see what happens");

	@Autowired
	Workflows workflows;

	@Autowired
	Outbox outbox;

	@Autowired
	DocumentReader documents;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	private final SampleRequest sample = SampleRequest.unique();

	@Test
	void acceptsARequestWithItsHistoryAndItsWork() {
		var acceptance = accept(sample, null);

		var id = acceptance.workflow().id();
		assertThat(acceptance.replayed()).isFalse();
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.ACCEPTED);
			assertThat(workflow.requestedBy()).isEqualTo("anna");
			assertThat(workflow.tags()).containsEntry("team", "crm");
		});
		assertThat(workflows.historyOf(id, 0, 10)).singleElement().satisfies(entry -> {
			assertThat(entry.fromPhase()).isNull();
			assertThat(entry.toPhase()).isEqualTo(Phase.ACCEPTED);
			assertThat(entry.actor()).isEqualTo("anna");
		});
		assertThat(outbox.claim(WorkKinds.SUBMISSION, 10)).extracting(Work::subject, Work::domain)
			.containsExactly(tuple(id.toString(), sample.domainName()));
	}

	@Test
	void readsBackWhatWasAskedAndWarnedOf() {
		var warnings = List.of(new Violation("/RoleArn", "looks odd"));
		var workflow = workflows.accept(sample.request(), warnings, "anna", null).workflow();

		var stored = workflows.require(workflow.id());
		assertThat(workflows.requestOf(stored)).isEqualTo(sample.request());
		assertThat(workflows.warningsOf(stored)).isEqualTo(warnings);
	}

	@ParameterizedTest
	@ValueSource(strings = { "workflow_history", "outbox", "workflow_tag", "flow_name_reservation" })
	void acceptsEverythingOrNothing(String broken) {
		jdbc.sql("alter table %s add constraint broken check (false) not valid".formatted(broken)).update();
		try {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> accept(sample, KEY));
		}
		finally {
			jdbc.sql("alter table %s drop constraint broken".formatted(broken)).update();
		}

		assertThat(Stream.of("workflow", "workflow_tag", "workflow_history", "outbox", "flow_name_reservation",
				"idempotency_key"))
			.allSatisfy(table -> assertThat(count(table)).as(table).isZero());
		assertThat(accept(sample, KEY).replayed()).as("once it is mended").isFalse();
	}

	@Test
	void answersTheSameKeyWithTheSameWorkflow() {
		var first = accept(sample, KEY);

		var second = accept(sample, KEY);

		assertThat(second.replayed()).isTrue();
		assertThat(second.workflow().id()).isEqualTo(first.workflow().id());
		assertThat(count("workflow")).isOne();
		assertThat(count("outbox")).isOne();
		assertThat(count("workflow_history")).isOne();
	}

	@ParameterizedTest
	@EnumSource(names = { "CANCELLED", "FINISHED", "DELETED" })
	void answersTheSameKeyEvenWhenItsWorkflowHasEnded(Phase ended) {
		var first = accept(sample, KEY).workflow().id();
		bring(first, ended);

		var second = accept(sample, KEY);

		assertThat(second.replayed()).isTrue();
		assertThat(second.workflow().id()).isEqualTo(first);
	}

	@Test
	void refusesAKeyThatStandsForAnotherRequest() {
		var first = accept(sample, KEY).workflow().id();

		assertThatExceptionOfType(IdempotencyKeyReused.class)
			.isThrownBy(() -> accept(sample.objectType("Salesforce-Lead"), KEY))
			.satisfies(reused -> assertThat(reused.workflow()).isEqualTo(first));
		assertThat(count("workflow")).isOne();
	}

	@Test
	void takesADomainAsAPartOfTheRequest() {
		accept(sample, KEY);

		assertThatExceptionOfType(IdempotencyKeyReused.class)
			.isThrownBy(() -> accept(SampleRequest.of("elsewhere", sample.flowName()), KEY));
	}

	@Test
	void keepsTheKeysOfCallersApart() {
		var annas = accept(sample, KEY).workflow().id();

		var bertas = workflows.accept(SampleRequest.unique().request(), List.of(), "berta", KEY);

		assertThat(bertas.replayed()).isFalse();
		assertThat(bertas.workflow().id()).isNotEqualTo(annas);
	}

	@Test
	void keepsChosenKeysAndThoseOfSdksApart() {
		var chosen = accept(sample, IdempotencyKey.chosen("1234")).workflow().id();

		var invocation = accept(SampleRequest.unique(), IdempotencyKey.ofInvocation("1234"));

		assertThat(invocation.replayed()).isFalse();
		assertThat(invocation.workflow().id()).isNotEqualTo(chosen);
	}

	@Test
	void forgetsAKeyWhoseRequestItDidNotTakeOn() {
		accept(sample, null);

		assertThatExceptionOfType(FlowNameTaken.class)
			.isThrownBy(() -> accept(sample.objectType("Salesforce-Lead"), KEY));
		assertThat(accept(SampleRequest.unique(), KEY).replayed()).isFalse();
	}

	@Test
	void answersAnIdenticalRequestWithTheLiveWorkflow() {
		var first = accept(sample, null).workflow().id();

		var second = accept(sample, null);

		assertThat(second.replayed()).isTrue();
		assertThat(second.workflow().id()).isEqualTo(first);
		assertThat(count("workflow")).isOne();
	}

	@Test
	void answersAnIdenticalRequestWithANewKeyAndRemembersTheKey() {
		var first = accept(sample, IdempotencyKey.chosen("one")).workflow().id();

		assertThat(accept(sample, KEY).workflow().id()).isEqualTo(first);

		bring(first, Phase.CANCELLED);
		assertThat(accept(sample, KEY).workflow().id()).as("by its key, after it has ended").isEqualTo(first);
	}

	@Test
	void answersAnIdenticalRequestOfAnotherCaller() {
		var first = accept(sample, null).workflow().id();

		assertThat(workflows.accept(sample.request(), List.of(), "berta", null).workflow().id()).isEqualTo(first);
	}

	@ParameterizedTest
	@EnumSource(
			names = { "ACCEPTED", "SUBMITTING", "UNCONFIRMED", "NEEDS_REVIEW", "SUBMITTED", "FINISHED", "DELETING" })
	void refusesAFlowNameThatAnotherRequestHolds(Phase phase) {
		var holder = accept(sample, null).workflow().id();
		bring(holder, phase);

		assertThatExceptionOfType(FlowNameTaken.class)
			.isThrownBy(() -> accept(sample.objectType("Salesforce-Lead"), null))
			.satisfies(taken -> {
				assertThat(taken.flowName()).isEqualTo(sample.flowName());
				assertThat(taken.holder()).isEqualTo(holder);
			});
		assertThat(count("workflow")).isOne();
	}

	@Test
	void refusesAnIdenticalRequestOnceItsWorkflowIsFinished() {
		var holder = accept(sample, null).workflow().id();
		bring(holder, Phase.FINISHED);

		assertThatExceptionOfType(FlowNameTaken.class).isThrownBy(() -> accept(sample, null))
			.satisfies(taken -> assertThat(taken.holder()).isEqualTo(holder));
	}

	@Test
	void neverAnswersWithAWorkflowThatIsAboutToBeDeleted() {
		var holder = accept(sample, null).workflow().id();
		bring(holder, Phase.UNCONFIRMED);
		workflows.delete(sample.domainName(), holder, "anna", false);

		assertThatExceptionOfType(FlowNameTaken.class).as("while it is remembered")
			.isThrownBy(() -> accept(sample, null));

		workflows.change(holder, CAUSE, workflow -> workflow.confirm(REMOTE_ID, Provenance.CREATED, Instant.EPOCH));
		assertThat(phaseOf(holder)).isEqualTo(Phase.DELETING);
		assertThatExceptionOfType(FlowNameTaken.class).as("while it is being deleted")
			.isThrownBy(() -> accept(sample, null));
	}

	@ParameterizedTest
	@EnumSource(names = { "REJECTED", "CANCELLED", "DELETED" })
	void releasesTheFlowNameWhereNothingAtAwsCarriesIt(Phase phase) {
		var first = accept(sample, null).workflow().id();
		bring(first, phase);

		var second = accept(sample, null);

		assertThat(second.replayed()).isFalse();
		assertThat(second.workflow().id()).isNotEqualTo(first);
	}

	@Test
	void keepsAFlowNameReservedWhenItsWorkflowIsForgotten() {
		var first = accept(sample, null).workflow().id();
		bring(first, Phase.FINISHED);
		jdbc.sql("delete from workflow where id = :id").param("id", first.value()).update();

		assertThatExceptionOfType(FlowNameTaken.class).isThrownBy(() -> accept(sample, null))
			.satisfies(taken -> assertThat(taken.holder()).isEqualTo(first));
	}

	@Test
	void takesTheSameDocumentInJsonAndYamlForTheSameRequest() {
		var json = documents.readRequest(sample.json().getBytes(UTF_8), DocumentFormat.JSON, sample.domainName())
			.require();
		var yaml = documents.readRequest(sample.yaml().getBytes(UTF_8), DocumentFormat.YAML, sample.domainName())
			.require();

		var first = workflows.accept(json, List.of(), "anna", KEY);
		var second = workflows.accept(yaml, List.of(), "anna", KEY);

		assertThat(second.replayed()).isTrue();
		assertThat(second.workflow().id()).isEqualTo(first.workflow().id());
	}

	@RepeatedTest(3)
	void makesOneWorkflowOfIdenticalRequestsAtTheSameInstant() throws Exception {
		var answers = atOnce(IntStream.range(0, 12).mapToObj(_ -> accepting(sample, null)).toList());

		assertThat(answers).extracting(answer -> answer.resultNow().workflow().id()).containsOnly(onlyWorkflow());
		assertThat(answers).filteredOn(answer -> !answer.resultNow().replayed()).hasSize(1);
		assertThat(count("outbox")).isOne();
	}

	@RepeatedTest(3)
	void makesOneWorkflowOfOneKeyAtTheSameInstant() throws Exception {
		var answers = atOnce(IntStream.range(0, 12).mapToObj(_ -> accepting(sample, KEY)).toList());

		assertThat(answers).extracting(answer -> answer.resultNow().workflow().id()).containsOnly(onlyWorkflow());
		assertThat(answers).filteredOn(answer -> !answer.resultNow().replayed()).hasSize(1);
		assertThat(count("outbox")).isOne();
	}

	@RepeatedTest(3)
	void makesOneWorkflowOfIdenticalRequestsWithDifferentKeys() throws Exception {
		var answers = atOnce(IntStream.range(0, 12)
			.mapToObj(number -> accepting(sample, IdempotencyKey.chosen("key-" + number)))
			.toList());

		var id = onlyWorkflow();
		assertThat(answers).extracting(answer -> answer.resultNow().workflow().id()).containsOnly(id);
		assertThat(jdbc.sql("select distinct workflow_id from idempotency_key").query(UUID.class).list())
			.containsExactly(id.value());
	}

	@RepeatedTest(3)
	void letsOneOfDifferentRequestsHaveTheFlowName() throws Exception {
		var answers = atOnce(IntStream.range(0, 8)
			.mapToObj(number -> accepting(sample.objectType("Type-" + number), null))
			.toList());

		assertThat(answers).filteredOn(answer -> answer.state() == Future.State.SUCCESS).hasSize(1);
		assertThat(answers).filteredOn(answer -> answer.state() == Future.State.FAILED)
			.hasSize(7)
			.allSatisfy(answer -> assertThat(answer.exceptionNow()).isInstanceOfSatisfying(FlowNameTaken.class,
					taken -> assertThat(taken.holder()).isEqualTo(onlyWorkflow())));
	}

	@RepeatedTest(5)
	void neverLocksItselfOutWhenKeysAndFlowNamesCross() throws Exception {
		var other = SampleRequest.in(sample.domainName());
		var otherKey = IdempotencyKey.chosen("order-67");

		var answers = atOnce(List.of(accepting(sample, KEY), accepting(other, otherKey), accepting(sample, otherKey),
				accepting(other, KEY), accepting(sample, null), accepting(other, null)));

		assertThat(answers).allSatisfy(answer -> {
			if (answer.state() == Future.State.FAILED) {
				assertThat(answer.exceptionNow()).isInstanceOf(IdempotencyKeyReused.class);
			}
		});
		assertThat(count("workflow")).isEqualTo(2);
	}

	@RepeatedTest(3)
	void neverLosesARequestThatMeetsTheReleaseOfItsFlowName() throws Exception {
		var first = accept(sample, null).workflow().id();

		var answers = atOnce(List.of(accepting(sample.objectType("Salesforce-Lead"), null), () -> {
			workflows.delete(sample.domainName(), first, "anna", false);
			return new Acceptance(workflows.require(first), false);
		}));

		assertThat(answers.get(1).state()).isEqualTo(Future.State.SUCCESS);
		var reserved = jdbc.sql("select workflow_id from flow_name_reservation").query(UUID.class).list();
		switch (answers.getFirst().state()) {
			case SUCCESS ->
				assertThat(reserved).containsExactly(answers.getFirst().resultNow().workflow().id().value());
			case FAILED -> {
				assertThat(answers.getFirst().exceptionNow()).isInstanceOf(FlowNameTaken.class);
				assertThat(reserved).isEmpty();
			}
			case RUNNING, CANCELLED -> throw new AssertionError(answers);
		}
	}

	@Test
	void cancelsWhatWasNotSubmittedYet() {
		var id = accept(sample, null).workflow().id();

		workflows.delete(sample.domainName(), id, "berta", false);

		assertThat(phaseOf(id)).isEqualTo(Phase.CANCELLED);
		assertThat(workflows.require(id).status()).isEqualTo(Status.CANCELLED);
		assertThat(count("outbox")).isZero();
		assertThat(workflows.historyOf(id, 0, 10).getLast()).satisfies(entry -> {
			assertThat(entry.actor()).isEqualTo("berta");
			assertThat(entry.fromPhase()).isEqualTo(Phase.ACCEPTED);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBMITTING", "UNCONFIRMED", "NEEDS_REVIEW" })
	void remembersADeletionUntilItIsCertainWhatIsAtAws(Phase phase) {
		var id = accept(sample, null).workflow().id();
		bring(id, phase);

		workflows.delete(sample.domainName(), id, "anna", false);
		workflows.delete(sample.domainName(), id, "anna", false);

		assertThat(phaseOf(id)).isEqualTo(phase);
		assertThat(workflows.require(id).isDeletionRequested()).isTrue();
		assertThat(workflows.historyOf(id, 0, 10)).filteredOn(entry -> entry.reason().startsWith("Deletion asked for"))
			.hasSize(1);
		assertThat(outbox.claim(WorkKinds.DELETION, 10)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBMITTING", "UNCONFIRMED", "NEEDS_REVIEW" })
	void carriesARememberedDeletionOutOnceItIsAtAws(Phase phase) {
		var id = accept(sample, null).workflow().id();
		bring(id, phase);
		workflows.delete(sample.domainName(), id, "anna", false);
		transaction.executeWithoutResult(_ -> outbox.cancel(id.toString()));

		workflows.change(id, CAUSE, workflow -> workflow.confirm(REMOTE_ID, Provenance.CREATED, Instant.EPOCH));

		assertThat(phaseOf(id)).isEqualTo(Phase.DELETING);
		assertThat(outbox.claim(WorkKinds.DELETION, 10)).extracting(Work::subject).containsExactly(id.toString());
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBMITTING", "UNCONFIRMED", "NEEDS_REVIEW" })
	void carriesARememberedDeletionOutOnceItCertainlyIsNotAtAws(Phase phase) {
		var id = accept(sample, null).workflow().id();
		bring(id, phase);
		workflows.delete(sample.domainName(), id, "anna", false);

		workflows.change(id, CAUSE, Workflow::requeue);

		assertThat(phaseOf(id)).isEqualTo(Phase.CANCELLED);
		assertThat(count("outbox where kind <> 'reconciliation'")).isZero();
		assertThat(count("flow_name_reservation")).isZero();
	}

	@Test
	void neverDeletesAnAdoptedWorkflowBecauseOfARememberedDeletion() {
		var id = accept(sample, null).workflow().id();
		bring(id, Phase.UNCONFIRMED);
		workflows.delete(sample.domainName(), id, "anna", false);

		workflows.change(id, CAUSE, workflow -> workflow.confirm(REMOTE_ID, Provenance.ADOPTED, Instant.EPOCH));

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.isDeletionRequested()).isFalse();
		});
		assertThat(outbox.claim(WorkKinds.DELETION, 10)).isEmpty();
		assertThat(workflows.historyOf(id, 0, 10).getLast().reason()).contains("adopted");
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBMITTED", "FINISHED" })
	void deletesThroughTheOutboxWhatIsAtAws(Phase phase) {
		var id = accept(sample, null).workflow().id();
		bring(id, phase);

		workflows.delete(sample.domainName(), id, "anna", false);
		workflows.delete(sample.domainName(), id, "anna", false);

		assertThat(phaseOf(id)).isEqualTo(Phase.DELETING);
		assertThat(outbox.claim(WorkKinds.DELETION, 10)).extracting(Work::subject).containsExactly(id.toString());
		assertThat(workflows.historyOf(id, 0, 10)).filteredOn(entry -> entry.toPhase() == Phase.DELETING).hasSize(1);
	}

	@Test
	void deletesAnAdoptedWorkflowOnlyWhenThatIsConfirmed() {
		var id = accept(sample, null).workflow().id();
		bring(id, Phase.UNCONFIRMED);
		workflows.change(id, CAUSE, workflow -> workflow.confirm(REMOTE_ID, Provenance.ADOPTED, Instant.EPOCH));

		assertThatExceptionOfType(AdoptionUnconfirmed.class)
			.isThrownBy(() -> workflows.delete(sample.domainName(), id, "anna", false));
		assertThat(phaseOf(id)).isEqualTo(Phase.SUBMITTED);

		workflows.delete(sample.domainName(), id, "anna", true);
		assertThat(phaseOf(id)).isEqualTo(Phase.DELETING);
	}

	@ParameterizedTest
	@EnumSource(names = { "REJECTED", "CANCELLED", "DELETING", "DELETED" })
	void doesNothingWhereNothingIsLeftToDelete(Phase phase) {
		var id = accept(sample, null).workflow().id();
		bring(id, phase);
		var before = workflows.require(id).version();

		workflows.delete(sample.domainName(), id, "anna", false);

		assertThat(workflows.require(id).version()).isEqualTo(before);
		assertThat(phaseOf(id)).isEqualTo(phase);
	}

	@Test
	void deletesNothingUnderTheNameOfAnotherDomain() {
		var id = accept(sample, null).workflow().id();

		assertThatExceptionOfType(WorkflowNotFound.class)
			.isThrownBy(() -> workflows.delete("elsewhere", id, "anna", false))
			.withMessageContaining("does not exist in domain elsewhere");
		assertThat(phaseOf(id)).isEqualTo(Phase.ACCEPTED);
	}

	@Test
	void deletesByWhatAWorkflowIsOnceItsTurnCame() throws Exception {
		var id = accept(sample, null).workflow().id();
		var locked = new CountDownLatch(1);
		var goOn = new CountDownLatch(1);

		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var submission = threads.submit(() -> transaction.executeWithoutResult(_ -> {
				workflows.change(id, CAUSE, Workflow::submit);
				locked.countDown();
				await().until(() -> goOn.await(0, TimeUnit.SECONDS));
			}));
			locked.await();
			var deletion = threads.submit(() -> workflows.delete(sample.domainName(), id, "anna", false));
			await("for the deletion to wait").until(this::somebodyWaitsForALock);
			goOn.countDown();
			submission.get();
			deletion.get();
		}

		assertThat(phaseOf(id)).isEqualTo(Phase.SUBMITTING);
		assertThat(workflows.require(id).isDeletionRequested()).isTrue();
	}

	@Test
	void changesTagsAndSaysSo() {
		var id = accept(sample, null).workflow().id();
		var before = workflows.require(id);

		workflows.retag(id, "berta", tags -> {
			tags.remove("team");
			tags.put("owner", "berta");
		});

		var after = workflows.require(id);
		assertThat(after.tags()).isEqualTo(Map.of("cost-center", "4711", "owner", "berta"));
		assertThat(after.version()).isGreaterThan(before.version());
		assertThat(workflows.historyOf(id, 0, 10).getLast()).satisfies(entry -> {
			assertThat(entry.actor()).isEqualTo("berta");
			assertThat(entry.reason()).isEqualTo("Tags changed");
		});
	}

	@Test
	void saysNothingOfTagsThatStayTheSame() {
		var id = accept(sample, null).workflow().id();
		var before = workflows.require(id).version();

		workflows.retag(id, "berta", tags -> tags.put("team", "crm"));

		assertThat(workflows.require(id).version()).isEqualTo(before);
		assertThat(workflows.historyOf(id, 0, 10)).hasSize(1);
	}

	@Test
	void followsOnlyWhatRunsAtAws() {
		var id = accept(sample, null).workflow().id();
		bring(id, Phase.DELETING);

		assertThat(workflows.follow(id, new Progress("COMPLETE", null, null, null, null, List.of()), CAUSE)).isFalse();

		assertThat(phaseOf(id)).isEqualTo(Phase.DELETING);
	}

	@Test
	void notesWhatAwsSaysOnlyWhenItIsNews() {
		var id = accept(sample, null).workflow().id();
		bring(id, Phase.SUBMITTED);
		var progress = new Progress("IN_PROGRESS", null, Instant.EPOCH, Instant.EPOCH, null, List.of());

		assertThat(workflows.follow(id, progress, CAUSE)).isTrue();
		var version = workflows.require(id).version();
		assertThat(workflows.follow(id, progress, CAUSE)).isFalse();

		assertThat(workflows.require(id).version()).isEqualTo(version);
		assertThat(workflows.historyOf(id, 0, 10)).filteredOn(entry -> entry.status() == Status.IN_PROGRESS).hasSize(1);
	}

	@Test
	void keepsTheLatestStepsInTheirOrder() {
		var id = accept(sample, null).workflow().id();
		bring(id, Phase.SUBMITTED);

		follow(id, step("one", 1), step("two", 1), step("three", 1));
		follow(id, step("one", 2), step("two", 2));

		assertThat(workflows.stepsOf(id, 0, 10)).containsExactly(step("one", 2), step("two", 2));
		assertThat(workflows.stepsOf(id, 1, 1)).containsExactly(step("two", 2));
	}

	private void follow(WorkflowId id, Step... steps) {
		workflows.follow(id, new Progress("IN_PROGRESS", null, null, null, null, List.of(steps)), CAUSE);
	}

	private static Step step(String flowName, long records) {
		return new Step(flowName, "IN_PROGRESS", "running", records, "from", "until", Instant.EPOCH, Instant.EPOCH);
	}

	private Acceptance accept(SampleRequest request, @Nullable IdempotencyKey key) {
		return workflows.accept(request.request(), List.of(), "anna", key);
	}

	private Callable<Acceptance> accepting(SampleRequest request, @Nullable IdempotencyKey key) {
		return () -> accept(request, key);
	}

	/** Runs all of them in transactions that begin at the same moment. */
	private static List<Future<Acceptance>> atOnce(List<Callable<Acceptance>> calls) throws Exception {
		var barrier = new CyclicBarrier(calls.size());
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var together = new ArrayList<Callable<Acceptance>>();
			calls.forEach(call -> together.add(() -> {
				barrier.await(30, TimeUnit.SECONDS);
				return call.call();
			}));
			return threads.invokeAll(together);
		}
	}

	/** Brings an accepted workflow to a phase, on a way that there is. */
	private void bring(WorkflowId id, Phase phase) {
		switch (phase) {
			case ACCEPTED -> {
			}
			case CANCELLED -> change(id, Workflow::cancel);
			case SUBMITTING -> change(id, Workflow::submit);
			case UNCONFIRMED -> change(id, Workflow::submit, Workflow::loseSight);
			case NEEDS_REVIEW -> change(id, Workflow::submit, Workflow::loseSight, Workflow::review);
			case REJECTED -> change(id, Workflow::submit, workflow -> workflow.reject("refused"));
			case SUBMITTED -> change(id, Workflow::submit, WorkflowsTests::confirm);
			case FINISHED -> change(id, Workflow::submit, WorkflowsTests::confirm, Workflow::vanish);
			case DELETING -> change(id, Workflow::submit, WorkflowsTests::confirm, Workflow::startDeletion);
			case DELETED ->
				change(id, Workflow::submit, WorkflowsTests::confirm, Workflow::startDeletion, Workflow::deleted);
		}
		if (phase != Phase.ACCEPTED && phase != Phase.SUBMITTING) {
			outbox.cancel(id.toString());
		}
	}

	private static void confirm(Workflow workflow) {
		workflow.confirm(REMOTE_ID, Provenance.CREATED, Instant.EPOCH);
	}

	@SafeVarargs
	private void change(WorkflowId id, Consumer<Workflow>... transitions) {
		for (var transition : transitions) {
			workflows.change(id, CAUSE, transition);
		}
	}

	private Phase phaseOf(WorkflowId id) {
		return workflows.require(id).phase();
	}

	private WorkflowId onlyWorkflow() {
		return new WorkflowId(jdbc.sql("select id from workflow").query(UUID.class).single());
	}

	private boolean somebodyWaitsForALock() {
		return jdbc.sql("select count(*) from pg_locks where not granted").query(Long.class).single() > 0;
	}

	private long count(String table) {
		return jdbc.sql("select count(*) from " + table).query(Long.class).single();
	}

}
