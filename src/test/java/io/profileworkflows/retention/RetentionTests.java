package io.profileworkflows.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.workflow.FlowNameTaken;
import io.profileworkflows.workflow.IdempotencyKey;
import io.profileworkflows.workflow.Latches;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@PostgresTest
@EmptyTables
class RetentionTests {

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Retention retention;

	@Autowired
	Expiry expiry;

	@Autowired
	Workflows workflows;

	@Autowired
	WorkOff workOff;

	@Autowired
	MeterRegistry meters;

	@Autowired
	Validator validator;

	@Autowired
	RetentionSettings settings;

	@Autowired
	Clock clock;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@BeforeEach
	void begin() {
		SimulatedAws.simulator().reset();
	}

	@Test
	void removesAFinishedWorkflowWithAllThatBelongsToItButItsHistoryAndItsFlowName() {
		var id = finished();
		age(id, Duration.ofDays(91));
		assertThat(count("submission_attempt")).isOne();

		retention.remove();

		assertThat(Stream.of("workflow", "workflow_tag", "workflow_step", "submission_attempt"))
			.allSatisfy(table -> assertThat(count(table)).as(table).isZero());
		assertThat(workflows.historyOf(id, 0, 10)).isNotEmpty();
		assertThatExceptionOfType(FlowNameTaken.class)
			.isThrownBy(() -> workflows.accept(sample.request(), List.of(), "anna", null))
			.satisfies(taken -> assertThat(taken.holder()).isEqualTo(id));
	}

	@Test
	void doesNotKeepTheServiceFromStartingWhenTheDatabaseIsAwayForAMoment() {
		var away = new HistoryPartitions(jdbc, clock) {

			@Override
			int prepare() {
				throw new CannotCreateTransactionException("no connection");
			}

		};

		assertThatNoException().isThrownBy(new Retention(expiry, away, settings, clock, meters)::prepareHistory);
	}

	@Test
	void keepsWhatFinishedLately() {
		age(finished(), Duration.ofDays(89));

		retention.remove();

		assertThat(count("workflow")).isOne();
	}

	@ParameterizedTest
	@EnumSource(names = { "ACCEPTED", "SUBMITTING", "UNCONFIRMED", "NEEDS_REVIEW", "SUBMITTED", "DELETING" })
	void keepsWhatIsNotOverHoweverOldItIs(Phase phase) {
		var id = plant(1, phase, Duration.ofDays(1000)).getFirst();

		retention.remove();

		assertThat(workflows.require(id).phase()).isEqualTo(phase);
	}

	@ParameterizedTest
	@EnumSource(names = { "FINISHED", "REJECTED", "CANCELLED", "DELETED" })
	void removesWhatIsOverInWhateverWay(Phase phase) {
		plant(1, phase, Duration.ofDays(91));

		retention.remove();

		assertThat(count("workflow")).isZero();
	}

	@Test
	void removesNoMoreInOneTransactionThanItsBatch() {
		plant(30, Phase.FINISHED, Duration.ofDays(91));
		plant(30, Phase.REJECTED, Duration.ofDays(91));

		assertThat(expiry.removeFinishedWorkflows(Instant.now().minus(Duration.ofDays(90)), 25)).isEqualTo(25);
		assertThat(count("workflow")).isEqualTo(35);
	}

	@Test
	void comesToTheEndOfManyAndCountsThem() {
		plant(1203, Phase.CANCELLED, Duration.ofDays(91));
		var before = removed("workflows");

		retention.remove();

		assertThat(count("workflow")).isZero();
		assertThat(removed("workflows") - before).isEqualTo(1203);
	}

	@Test
	void leavesWhatSomebodyHoldsWithoutWaitingForIt() throws Exception {
		var held = plant(3, Phase.FINISHED, Duration.ofDays(91)).getFirst();
		var locked = new CountDownLatch(1);
		var over = new CountDownLatch(1);
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var holder = threads.submit(() -> transaction.execute(_ -> {
				workflows.lock(held);
				locked.countDown();
				return Latches.await(over);
			}));
			locked.await();

			retention.remove();
			assertThat(count("workflow")).isOne();
			over.countDown();
			holder.get();
		}
		retention.remove();
		assertThat(count("workflow")).isZero();
	}

	@Test
	void isDoneOnceByReplicasAtTheSameTime() throws InterruptedException {
		plant(2000, Phase.FINISHED, Duration.ofDays(91));
		var before = removed("workflows");
		try (var replicas = Executors.newFixedThreadPool(4)) {
			Callable<?> replica = () -> {
				retention.remove();
				return null;
			};
			assertThat(replicas.invokeAll(nCopies(4, replica)))
				.allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ZERO));
		}
		retention.remove();

		assertThat(count("workflow")).isZero();
		assertThat(removed("workflows") - before).isEqualTo(2000);
	}

	@Test
	void forgetsIdempotencyKeysAfterAWeek() {
		var key = IdempotencyKey.chosen("order-66");
		var first = workflows.accept(sample.request(), List.of(), "anna", key).workflow().id();
		workflows.delete(sample.domainName(), first, "anna", false);
		ageKey(Duration.ofDays(7).minusMinutes(1));
		retention.remove();
		assertThat(workflows.accept(sample.request(), List.of(), "anna", key).workflow().id()).isEqualTo(first);
		var before = removed("idempotency_keys");
		ageKey(Duration.ofDays(7).plusMinutes(1));

		retention.remove();

		assertThat(count("idempotency_key")).isZero();
		assertThat(removed("idempotency_keys") - before).isOne();
		assertThat(workflows.accept(sample.request(), List.of(), "anna", key).workflow().id()).isNotEqualTo(first);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			90 | 90 |
			90 | 89 | retention.history must be at least as long as retention.finished-workflows
			6  | 90 | retention.finished-workflows must be at least 7 days: keys answer with them for so long
			""")
	void checksThatNothingIsMissedByWhatStays(int workflowDays, int historyDays, String complaint) {
		var settings = new RetentionSettings(Duration.ofDays(workflowDays), Duration.ofDays(historyDays),
				Duration.ofHours(1), 500);

		assertThat(validator.validate(settings)).extracting(ConstraintViolation::getMessage)
			.containsExactlyElementsOf((complaint != null) ? List.of(complaint) : List.of());
	}

	private WorkflowId finished() {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		workOff.workOff(WorkKinds.SUBMISSION);
		SimulatedAws.simulator().pin(workflows.require(id).remoteWorkflowId(), "COMPLETE", null);
		workOff.workOff(WorkKinds.TRACKING);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.FINISHED);
		return id;
	}

	/** Copies of a workflow in a phase, unchanged for so long. */
	private List<WorkflowId> plant(int number, Phase phase, Duration age) {
		var template = workflows.accept(SampleRequest.unique().request(), List.of(), "anna", null).workflow().id();
		var planted = jdbc
			.sql("""
					insert into workflow select (jsonb_populate_record(null::workflow, to_jsonb(template) || jsonb_build_object(
					  'id', gen_random_uuid(), 'phase', :phase, 'remote_workflow_id', md5(random()::text),
					  'provenance', 'CREATED', 'updated_at', cast(:at as timestamptz)))).*
					from workflow as template, generate_series(1, :number) where template.id = :template
					returning id
					""")
			.param("phase", phase.name())
			.param("at", Instant.now().minus(age).atOffset(ZoneOffset.UTC))
			.param("number", number)
			.param("template", template.value())
			.query(UUID.class)
			.list();
		jdbc.sql("delete from workflow where id = :template").param("template", template.value()).update();
		return planted.stream().map(WorkflowId::new).toList();
	}

	private void age(WorkflowId id, Duration age) {
		jdbc.sql("update workflow set updated_at = updated_at - cast(:age as interval) where id = :id")
			.param("age", age.toString())
			.param("id", id.value())
			.update();
	}

	private void ageKey(Duration age) {
		jdbc.sql("update idempotency_key set created_at = now() - cast(:age as interval)")
			.param("age", age.toString())
			.update();
	}

	private double removed(String what) {
		return meters.get("retention.removed").tag("what", what).counter().count();
	}

	private long count(String table) {
		return jdbc.sql("select count(*) from " + table).query(Long.class).single();
	}

}
