package io.profileworkflows.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The database is put back to what it was a while ago, as after a disaster.
 */
@Tag("sql")
@OnStage
class RestoreTests {

	private static final int REQUESTS = 15;

	/** Accepted before the copy, and sent only after the restore. */
	private static final SampleRequest PAUSED = SampleRequest.of("paused", "paused");

	/** Accepted after the copy: the restored database does not know it. */
	private static final SampleRequest FORGOTTEN = SampleRequest.of("forgotten", "forgotten");

	/** Asked for after the restore only. */
	private static final SampleRequest NEW = SampleRequest.of("forgotten", "new");

	@Test
	void sendsNothingTwiceAfterARestore(@TempDir Path directory) throws Exception {
		try (var stage = new Stage(directory)) {
			var service = stage.replica("restore").with("PROFILEWORKFLOWS_UPSTREAM_REQUESTSPERSECOND", "4");
			service.start();
			service.awaitReady();
			var calls = stage.aws().calls();
			stage.aws()
				.faults()
				.next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.RESET_AFTER)
				.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.delayAfter(Duration.ofSeconds(1)), 0.5);
			pause(stage, PAUSED.domainName());
			ask(service, PAUSED);
			for (var request : requests()) {
				ask(service, request);
			}
			await().atMost(Duration.ofMinutes(1))
				.pollInterval(Duration.ofMillis(20))
				.until(() -> calls.of(Operation.CREATE_INTEGRATION_WORKFLOW).size() >= REQUESTS / 3);
			var copiedAt = copy(stage, service);
			ask(service, FORGOTTEN);
			awaitAllAtAwsBut(PAUSED, stage);
			assertThat(calls.createdMoreThanOnce()).isEmpty();
			var sentBefore = calls.of(Operation.CREATE_INTEGRATION_WORKFLOW).size();

			service.stop();
			stage.postgres().restore("copy");
			var ledger = new Ledger(stage.postgres().jdbc());
			var copied = ledger.entries();
			stage.postgres().jdbc().sql("delete from submission_pause").update();
			stage.aws().faults().clear();
			service.with("PROFILEWORKFLOWS_SUBMISSION_RECOVERYSINCE", copiedAt.toString()).start();
			service.awaitReady();
			ask(service, FORGOTTEN);
			ask(service, NEW);
			await().atMost(Duration.ofMinutes(3))
				.pollInterval(Duration.ofMillis(500))
				.until(() -> ledger.entries().values().stream().allMatch(Ledger.Entry::isAtAws));

			assertThat(copied).hasSize(REQUESTS + 1);
			assertThat(copied.values()).as("in flight when it was copied")
				.anyMatch(entry -> entry.phase().equals("ACCEPTED"))
				.anyMatch(entry -> List.of("SUBMITTING", "UNCONFIRMED").contains(entry.phase()));
			assertThat(calls.createdMoreThanOnce()).isEmpty();
			assertThat(stage.aws().duplicates()).isZero();
			assertThat(ledger.entries()).hasSize(REQUESTS + 3).allSatisfy((flowName, entry) -> {
				var isNew = flowName.equals(PAUSED.flowName()) || flowName.equals(NEW.flowName());
				assertThat(calls.createsOf(flowName)).isEqualTo(1);
				assertThat(entry.provenance())
					.isEqualTo(isNew || (copied.containsKey(flowName) && copied.get(flowName).isAtAws()) ? "CREATED"
							: "ADOPTED");
				assertThat(stage.aws().workflows()).filteredOn(workflow -> workflow.flowName().equals(flowName))
					.singleElement()
					.satisfies(workflow -> assertThat(workflow.workflowId()).isEqualTo(entry.remoteWorkflowId()));
			});
			assertThat(calls.of(Operation.CREATE_INTEGRATION_WORKFLOW).stream().skip(sentBefore))
				.as("what was sent after the restore")
				.hasSize(2)
				.allSatisfy(call -> assertThat(call.arrivedAt()).isAfter(endOfRecovery(stage)));
		}
	}

	private static List<SampleRequest> requests() {
		return IntStream.range(0, REQUESTS)
			.mapToObj(number -> SampleRequest.of("domain-" + number % 3, "restored-" + number))
			.toList();
	}

	private static void ask(ServiceProcess service, SampleRequest request) throws InterruptedException {
		try (var client = new PatientClient(service)) {
			client.ask(request);
		}
	}

	private static void pause(Stage stage, String domainName) {
		stage.postgres()
			.jdbc()
			.sql("insert into submission_pause (domain_name, paused_by, reason) values (:domain, 'test', 'later')")
			.param("domain", domainName)
			.update();
	}

	/** As all of it was at one moment, in the middle of the work. */
	private static Instant copy(Stage stage, ServiceProcess service) {
		service.freeze();
		var now = stage.postgres()
			.jdbc()
			.sql("select clock_timestamp()")
			.query(OffsetDateTime.class)
			.single()
			.toInstant();
		stage.postgres().disconnect();
		stage.postgres().copy("copy");
		service.thaw();
		return now;
	}

	private static void awaitAllAtAwsBut(SampleRequest paused, Stage stage) {
		var ledger = new Ledger(stage.postgres().jdbc());
		await().atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> ledger.entries()
				.values()
				.stream()
				.allMatch(entry -> entry.isAtAws() || entry.flowName().equals(paused.flowName())));
	}

	private static Instant endOfRecovery(Stage stage) {
		return stage.postgres()
			.jdbc()
			.sql("select ended_at from submission_recovery")
			.query(OffsetDateTime.class)
			.single()
			.toInstant();
	}

}
