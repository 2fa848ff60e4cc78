package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import io.profileworkflows.PostgresTest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@PostgresTest
class SightingsTests {

	private static final String DOMAIN = "sightings";

	/** By the SDK, before it gives up. */
	private static final int ATTEMPTS_OF_A_READ = 3;

	private final Simulator aws = SimulatedAws.simulator();

	private final AtomicLong nanos = new AtomicLong(System.nanoTime());

	@Autowired
	CustomerProfiles customerProfiles;

	@Autowired
	JdbcClient jdbc;

	private Sightings sightings;

	@BeforeEach
	void begin() {
		aws.reset();
		sightings = new Sightings(customerProfiles, jdbc, new Unreadable(nanos::get));
	}

	@AfterEach
	void end() {
		aws.reset();
	}

	@Test
	void breakOffForAFailureThatMayPass() {
		aws.plant(ForeignWorkflow.of(DOMAIN, "foreign"));
		fail(Operation.GET_WORKFLOW);

		assertThatExceptionOfType(CallFailed.class).isThrownBy(this::look);
		assertThat(look().orElseThrow()).singleElement().satisfies(seen -> assertThat(seen.roleArn()).isNotNull());
	}

	@Test
	void seeTheOthersWhenOneGoesOnFailing() {
		aws.plant(ForeignWorkflow.of(DOMAIN, "foreign"));
		var broken = aws.plant(ForeignWorkflow.of(DOMAIN, "broken"));
		await().until(() -> aws.workflows().stream().noneMatch(remote -> remote.status().equals("NOT_STARTED")));
		fail(Operation.GET_WORKFLOW);
		assertThatExceptionOfType(CallFailed.class).isThrownBy(this::look);
		nanos.addAndGet(Unreadable.PASSING.toNanos());
		fail(Operation.GET_WORKFLOW);

		assertThat(look().orElseThrow()).hasSize(2)
			.filteredOn(seen -> !seen.showsSteps())
			.singleElement()
			.satisfies(seen -> assertThat(seen.workflowId()).isEqualTo(broken.workflowId()));

		aws.calls().forget();
		assertThat(look().orElseThrow()).hasSize(2);
		assertThat(aws.calls().of(Operation.GET_WORKFLOW)).as("left out for a while").isEmpty();
		nanos.addAndGet(Unreadable.REST.toNanos());
		assertThat(look().orElseThrow()).allMatch(Sighting::showsSteps);
	}

	@Test
	void keepWhatWasSeenOfOneWhoseStepsCannotBeRead() {
		aws.plant(ForeignWorkflow.of(DOMAIN, "foreign"));
		fail(Operation.GET_WORKFLOW_STEPS);
		assertThatExceptionOfType(CallFailed.class).isThrownBy(this::look);
		nanos.addAndGet(Unreadable.PASSING.toNanos());
		fail(Operation.GET_WORKFLOW_STEPS);

		assertThat(look().orElseThrow()).singleElement().satisfies(seen -> {
			assertThat(seen.showsSteps()).isFalse();
			assertThat(seen.roleArn()).isNotNull();
		});
	}

	@Test
	void breakOffWhenAwsDoesNotAnswerAtAll() {
		aws.plant(ForeignWorkflow.of(DOMAIN, "foreign"));
		for (int turn = 0; turn < 2; turn++) {
			aws.faults().next(Operation.GET_WORKFLOW, ATTEMPTS_OF_A_READ, Fault.RESET_BEFORE);
			assertThatExceptionOfType(CallFailed.class).isThrownBy(this::look);
			nanos.addAndGet(Unreadable.PASSING.toNanos());
		}
	}

	private void fail(Operation operation) {
		aws.faults().next(operation, ATTEMPTS_OF_A_READ, Fault.ERROR_500_BEFORE);
	}

	private Optional<List<Sighting>> look() {
		var items = customerProfiles.list(Priority.CALLER, DOMAIN, null, null, null).orElseThrow().items();
		return sightings.look(Priority.CALLER, DOMAIN, items, Deadline.in(Duration.ofSeconds(30)));
	}

}
