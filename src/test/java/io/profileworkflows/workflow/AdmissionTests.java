package io.profileworkflows.workflow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.customerprofiles.ProfileResources;
import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.preflight.Preflight;
import io.profileworkflows.preflight.Preflights;
import io.profileworkflows.security.ResourceRules;
import io.profileworkflows.simulator.Call;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class AdmissionTests {

	private static final String CALLER = "crm";

	private final SampleRequest sample = SampleRequest.unique();

	private final SampleRequest missing = sample.objectType("MissingType");

	@Autowired
	Workflows workflows;

	@Autowired
	ResourceRules resources;

	@Autowired
	ProfileResources domains;

	@Autowired
	HikariDataSource pool;

	@Autowired
	JdbcClient jdbc;

	@AfterEach
	void mend() {
		SimulatedAws.simulator().faults().clear();
	}

	@Test
	void storesNothingOfWhatPreflightRefuses() {
		var refusing = admission(Preflights.refusing(domains));

		assertThatExceptionOfType(InvalidDocument.class)
			.isThrownBy(() -> refusing.admit(checked(missing), CALLER, IdempotencyKey.chosen("key")))
			.withMessageContaining("/ObjectTypeName does not exist");
		assertThat(Stream.of("workflow", "workflow_history", "outbox", "flow_name_reservation", "idempotency_key"))
			.allSatisfy(
					table -> assertThat(jdbc.sql("select count(*) from " + table).query(Long.class).single()).as(table)
						.isZero());
		assertThat(refusing.admit(checked(sample), CALLER, IdempotencyKey.chosen("key")).replayed()).isFalse();
	}

	@Test
	void addsToTheWarnings() {
		var acceptance = admission(Preflights.warning(domains)).admit(checked(missing), CALLER, null);

		assertThat(workflows.warningsOf(acceptance.workflow())).extracting(Violation::pointer)
			.containsExactly("/Tasks", "/ObjectTypeName");
	}

	@Test
	void doesNotLookAgainAtWhatWasAnsweredBefore() {
		var key = IdempotencyKey.chosen("key");
		var first = workflows.accept(missing.request(), List.of(), CALLER, key).workflow();
		var refusing = admission(Preflights.refusing(domains));

		assertThat(refusing.admit(checked(missing), CALLER, key))
			.satisfies(again -> assertThat(again.workflow().id()).isEqualTo(first.id()))
			.satisfies(again -> assertThat(again.replayed()).isTrue());
		assertThat(refusing.admit(checked(missing), CALLER, null).replayed()).as("without a key").isTrue();
		assertThatExceptionOfType(IdempotencyKeyReused.class)
			.isThrownBy(() -> refusing.admit(checked(missing.flowName("another")), CALLER, key));
		assertThatExceptionOfType(FlowNameTaken.class)
			.isThrownBy(() -> refusing.admit(checked(missing.objectType("MissingToo")), CALLER, null));
	}

	@Test
	void holdsNoConnectionWhileAwsIsAsked() {
		SimulatedAws.simulator().faults().always(Operation.GET_DOMAIN, Fault.delayAfter(Duration.ofSeconds(1)));
		var refusing = admission(Preflights.refusing(domains));

		var admitted = CompletableFuture.supplyAsync(() -> refusing.admit(checked(sample), CALLER, null));
		await().until(() -> SimulatedAws.simulator()
			.calls()
			.of(Operation.GET_DOMAIN)
			.stream()
			.filter(call -> sample.domainName().equals(call.domainName()))
			.anyMatch(Call::acted));

		await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
		assertThat(admitted).isNotDone();
		assertThat(admitted.join().replayed()).isFalse();
	}

	private Admission admission(Preflight preflight) {
		return new Admission(workflows, preflight, resources);
	}

	private static Checked<CreateIntegrationWorkflow> checked(SampleRequest request) {
		return new Checked<>(request.request(), List.of(), List.of(new Violation("/Tasks", "are many")));
	}

}
