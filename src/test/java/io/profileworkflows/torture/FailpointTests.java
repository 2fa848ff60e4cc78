package io.profileworkflows.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process halts at each point between the claim of a piece of work and its end, once
 * for each point; then one that lives takes over all that is left.
 */
@Tag("sql")
@OnStage
class FailpointTests {

	private static final String IN_THE_CALL = "in-the-call";

	private static Stage stage;

	private static Map<String, Ledger.Entry> entries;

	@BeforeAll
	static void haltEverywhereAndTakeOver(@TempDir Path directory) throws Exception {
		stage = new Stage(directory);
		var service = stage.replica("failpoints")
			.with("PROFILEWORKFLOWS_SUBMISSION_SETTLETIME", "3s")
			// a first call of a cold process on a busy machine
			.with("PROFILEWORKFLOWS_UPSTREAM_CALLTIMEOUT", "20s")
			.with("PROFILEWORKFLOWS_OUTBOX_LEASE", "31s");
		for (var failpoint : Failpoint.values()) {
			service.with("PROFILEWORKFLOWS_SUBMISSION_CAUTIONAFTERSTART", failpoint.caution()).start(failpoint);
			service.awaitReady();
			if (failpoint.isOfTheStraightWay()) {
				createOne(service);
			}
			askIn(service, nameOf(failpoint));
			assertThat(service.awaitEnd()).as("%s ended by itself", failpoint).isEqualTo(Failpoint.STATUS);
			leaveAlone(nameOf(failpoint));
		}
		killInTheCall(service);
		stage.postgres().jdbc().sql("delete from submission_pause").update();
		service.start();
		var ledger = new Ledger(stage.postgres().jdbc());
		await().atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> ledger.entries().values().stream().allMatch(Ledger.Entry::isAtAws));
		entries = ledger.entries();
	}

	@AfterAll
	static void close() {
		stage.close();
	}

	/** AWS has acted, and the answer is under way. */
	private static void killInTheCall(ServiceProcess service) throws InterruptedException {
		stage.aws().faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.delayAfter(Duration.ofSeconds(15)));
		service.start();
		service.awaitReady();
		askIn(service, IN_THE_CALL);
		await().pollInterval(Duration.ofMillis(10)).until(() -> stage.aws().calls().createsOf(IN_THE_CALL) == 1);
		service.kill();
		leaveAlone(IN_THE_CALL);
	}

	/** The first create of a process never goes straight. */
	private static void createOne(ServiceProcess service) throws InterruptedException {
		askIn(service, "the-first");
		await().atMost(Duration.ofMinutes(1))
			.until(() -> new Ledger(stage.postgres().jdbc()).entries().get("the-first").isAtAws());
	}

	/** A halt may cost the answer: what counts is that it was accepted. */
	private static void askIn(ServiceProcess service, String name) throws InterruptedException {
		try (var client = new PatientClient(service)) {
			var asking = Thread.ofVirtual().start(() -> {
				try {
					client.ask(SampleRequest.of(name, name));
				}
				catch (InterruptedException _) {
					Thread.currentThread().interrupt();
				}
			});
			await().atMost(Duration.ofMinutes(1))
				.until(() -> new Ledger(stage.postgres().jdbc()).entries().containsKey(name));
			asking.interrupt();
			asking.join();
		}
	}

	/** So that the next process that halts does so for a workflow of its own. */
	private static void leaveAlone(String domainName) {
		stage.postgres()
			.jdbc()
			.sql("insert into submission_pause (domain_name, paused_by, reason) values (:domain, 'test', 'later')")
			.param("domain", domainName)
			.update();
	}

	private static String nameOf(Failpoint failpoint) {
		return failpoint.name().toLowerCase().replace('_', '-');
	}

	@ParameterizedTest
	@EnumSource
	void leavesOneWorkflowAtAws(Failpoint failpoint) {
		var name = nameOf(failpoint);

		assertThat(stage.aws().calls().createsOf(name)).isEqualTo(1);
		assertThat(stage.aws().calls().createCallsOf(name)).isEqualTo(1);
		assertThat(stage.aws().workflows()).filteredOn(workflow -> workflow.flowName().equals(name))
			.singleElement()
			.satisfies(workflow -> assertThat(workflow.workflowId()).isEqualTo(entries.get(name).remoteWorkflowId()));
	}

	@ParameterizedTest
	@EnumSource(
			names = { "BEFORE_CLAIM_IS_COMMITTED", "BEFORE_ATTEMPT", "BEFORE_ATTEMPT_IS_COMMITTED", "AFTER_COMMIT" })
	void goesOnAsIfNothingHadHappened(Failpoint failpoint) {
		assertThat(path(nameOf(failpoint))).startsWith("ACCEPTED", "SUBMITTING", "SUBMITTED");
		assertThat(entries.get(nameOf(failpoint))).satisfies(entry -> {
			assertThat(entry.provenance()).isEqualTo("CREATED");
			assertThat(entry.attempts()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "AFTER_ATTEMPT", "AFTER_STRAIGHT_ATTEMPT", "BEFORE_CALL" })
	void sendsWhatIsProvedAbsentAgain(Failpoint failpoint) {
		assertThat(path(nameOf(failpoint))).startsWith("ACCEPTED", "SUBMITTING", "UNCONFIRMED", "ACCEPTED",
				"SUBMITTING", "SUBMITTED");
		assertThat(entries.get(nameOf(failpoint))).satisfies(entry -> {
			assertThat(entry.provenance()).isEqualTo("CREATED");
			assertThat(entry.attempts()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "AFTER_ANSWER", "BEFORE_ANSWER_IS_COMMITTED" })
	void adoptsWhatItFinds(Failpoint failpoint) {
		expectAdopted(nameOf(failpoint));
	}

	@Test
	void adoptsWhatAwsMadeWhileItWasKilled() {
		expectAdopted(IN_THE_CALL);

		assertThat(stage.aws().calls().createsOf(IN_THE_CALL)).isEqualTo(1);
		assertThat(stage.aws().calls().createCallsOf(IN_THE_CALL)).isEqualTo(1);
	}

	private static void expectAdopted(String name) {
		assertThat(path(name)).startsWith("ACCEPTED", "SUBMITTING", "UNCONFIRMED", "SUBMITTED");
		assertThat(entries.get(name)).satisfies(entry -> {
			assertThat(entry.provenance()).isEqualTo("ADOPTED");
			assertThat(entry.attempts()).isEqualTo(1);
		});
	}

	private static List<String> path(String name) {
		return new Ledger(stage.postgres().jdbc()).path(name);
	}

}
