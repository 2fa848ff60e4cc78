package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.outbox.Origin;
import io.profileworkflows.workflow.Arrival.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class ArrivalsTests {

	@Autowired
	Arrivals arrivals;

	@Autowired
	Intake intake;

	@Autowired
	AcceptedDocuments documents;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@Test
	void tellsOfEachOfAGroupWhatCameOfIt() {
		var held = SampleRequest.unique();
		var holder = arrival(held, "anna", "held-key");
		assertThat(arrivals.takeIn(holder)).isEqualTo(Outcome.ADDED);

		var added = arrival(SampleRequest.unique(), "anna", "one");
		var keyless = arrival(SampleRequest.unique(), "berta", null);
		var keyTaken = arrival(SampleRequest.unique(), "anna", "held-key");
		var nameTaken = arrival(held, "anna", "two");
		var outcomes = intake.add(List.of(added, keyless, keyTaken, nameTaken));

		assertThat(outcomes).containsEntry(added, Outcome.ADDED)
			.containsEntry(keyless, Outcome.ADDED)
			.containsEntry(keyTaken, Outcome.KEY_TAKEN)
			.containsEntry(nameTaken, Outcome.NAME_TAKEN);
		var ids = Stream.of(holder, added, keyless).map(arrival -> arrival.workflow().id().toString()).toList();
		assertThat(column("select replace(id::text, '-', '') from workflow")).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(column("select subject from outbox")).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(column("select replace(workflow_id::text, '-', '') from workflow_history"))
			.containsExactlyInAnyOrderElementsOf(ids);
		assertThat(column("select distinct replace(workflow_id::text, '-', '') from workflow_tag"))
			.containsExactlyInAnyOrderElementsOf(ids);
		assertThat(column("select key from idempotency_key")).as("the key of a refused request is free")
			.containsExactlyInAnyOrder("key:held-key", "key:one");
	}

	@Test
	void givesEachOfAGroupItsOwnRow() {
		var group = IntStream.range(0, 30)
			.mapToObj(number -> arrival(SampleRequest.in("group-" + number % 3), "caller-" + number, "key-" + number))
			.toList();

		assertThat(intake.add(group).values()).containsOnly(Outcome.ADDED);

		for (var arrival : group) {
			var workflow = arrival.workflow();
			assertThat(jdbc
				.sql("""
						select w.domain_name, w.flow_name, w.requested_by, k.key, f.workflow_id = w.id as holds, o.request_id,
						  (select string_agg(value, ' ' order by key) from workflow_tag t where t.workflow_id = w.id) as tags
						from workflow w join idempotency_key k on k.workflow_id = w.id
						  join flow_name_reservation f using (flow_name)
						  join outbox o on o.subject = replace(w.id::text, '-', '')
						where w.id = :id
						""")
				.param("id", workflow.id().value())
				.query()
				.singleRow()
				.values()).containsExactly(workflow.domainName(), workflow.flowName(), workflow.requestedBy(),
						arrival.keyValue(), true, arrival.origin().requestId(), "4711 crm");
		}
	}

	@Test
	void takesOneOfTwoInAGroupThatWantTheSame() {
		var sample = SampleRequest.unique();
		var sameName = List.of(arrival(sample, "anna", "one"), arrival(sample, "anna", "two"));
		var sameKey = List.of(arrival(SampleRequest.unique(), "anna", "three"),
				arrival(SampleRequest.unique(), "anna", "three"));

		assertThat(intake.add(sameName).values()).containsExactlyInAnyOrder(Outcome.ADDED, Outcome.NAME_TAKEN);
		assertThat(intake.add(sameKey).values()).containsExactlyInAnyOrder(Outcome.ADDED, Outcome.KEY_TAKEN);
	}

	@Test
	void keepsNobodyWaitingBesideOneWhoWaits() {
		var wanted = SampleRequest.unique();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var waiting = transaction.execute(_ -> {
				intake.add(List.of(arrival(wanted, "anna", null)));
				var waits = threads.submit(() -> arrivals.takeIn(arrival(wanted, "berta", null)));
				await().until(
						() -> jdbc.sql("select count(*) from pg_locks where not granted").query(Long.class).single(),
						locks -> locks == 1);
				for (int number = 0; number < 3; number++) {
					var other = threads.submit(() -> arrivals.takeIn(arrival(SampleRequest.unique(), "carla", null)));
					await().until(other::isDone);
					assertThat(other.resultNow()).isEqualTo(Outcome.ADDED);
				}
				assertThat(waits.isDone()).as("the one whose name is held").isFalse();
				return waits;
			});
			await().until(waiting::isDone);
			assertThat(waiting.resultNow()).isEqualTo(Outcome.NAME_TAKEN);
		}
	}

	@Test
	void takesALargeOneInToo() {
		var sample = SampleRequest.unique();
		var large = new AcceptedDocument("{\"FlowName\": \"%s\"}".formatted("x".repeat(100_000)), new byte[32], "[]");
		var arrival = arrival(sample.request(), large, "anna", "large");

		assertThat(arrivals.takeIn(arrival)).isEqualTo(Outcome.ADDED);
		assertThat(column("select length(request::text)::text from workflow")).containsExactly("100016");
		assertThat(arrivals.takeIn(arrival(sample, "anna", "large"))).isEqualTo(Outcome.KEY_TAKEN);
	}

	@Test
	void givesUpWaitingForTheWholeGroup() {
		var wanted = SampleRequest.unique();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			transaction.executeWithoutResult(_ -> {
				intake.add(List.of(arrival(wanted, "anna", null)));
				var group = threads.submit(() -> intake.addOrGiveUp(
						List.of(arrival(SampleRequest.unique(), "berta", null), arrival(wanted, "berta", null))));
				await().until(group::isDone);
				assertThat(group.exceptionNow()).isInstanceOf(PessimisticLockingFailureException.class);
			});
		}
		assertThat(column("select requested_by from workflow")).containsExactly("anna");
	}

	@Test
	void addsNothingOfAGroupThatFails() {
		var fine = arrival(SampleRequest.unique(), "anna", "one");
		var broken = arrival(SampleRequest.unique().request(), new AcceptedDocument("no JSON", new byte[32], "[]"),
				"anna", null);

		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> intake.add(List.of(fine, broken)));

		assertThat(column("select replace(id::text, '-', '') from workflow")).isEmpty();
		assertThat(column("select key from idempotency_key")).isEmpty();
	}

	private Arrival arrival(SampleRequest sample, String caller, @Nullable String key) {
		var request = sample.request();
		return arrival(request, documents.of(request, List.of()), caller, key);
	}

	private static Arrival arrival(CreateIntegrationWorkflow request, AcceptedDocument document, String caller,
			@Nullable String key) {
		return new Arrival(new Workflow(WorkflowId.next(), request, document, caller, Instant.EPOCH), request,
				document.digest(), (key != null) ? IdempotencyKey.chosen(key) : null, Cause.of(caller, "Accepted"),
				new Origin(null, "request of " + caller));
	}

	private List<String> column(String statement) {
		return jdbc.sql(statement).query(String.class).list();
	}

}
