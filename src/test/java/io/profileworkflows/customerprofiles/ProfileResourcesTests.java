package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProfileResourcesTests {

	private static final Simulator aws = Simulator
		.start(SimulatorSettings.defaults().withDurations(Duration.ZERO, Duration.ZERO));

	private static final List<String> asked = new ArrayList<>();

	private static final Upstream upstream = Upstream.at(aws.endpoint(), new Quota() {

		@Override
		public boolean pass(Operation operation, Priority priority, Duration patience) {
			asked.add(operation.awsName() + " " + priority);
			return patience.isPositive();
		}

		@Override
		public void throttled(Operation operation, @Nullable Duration retryAfter) {
			asked.add(operation.awsName() + " throttled");
		}

	});

	private final ProfileResources domains = upstream.domains();

	private final Deadline deadline = Deadline.in(Upstream.PATIENCE);

	@BeforeEach
	void forget() {
		aws.reset();
		asked.clear();
	}

	@AfterAll
	static void close() {
		upstream.close();
		aws.close();
	}

	@Test
	void findADomain() {
		assertThat(domains.find("retail", deadline))
			.contains(new RemoteDomain("retail", SimulatorSettings.defaults().encryptionKey()));
		assertThat(domains.find("missing", deadline)).isEmpty();
	}

	@Test
	void findAnObjectType() {
		assertThat(domains.hasObjectType("retail", "Account", deadline)).isTrue();
		assertThat(domains.hasObjectType("retail", "MissingType", deadline)).isFalse();
		assertThat(domains.hasObjectType("missing", "Account", deadline)).isFalse();
	}

	@Test
	void countIntegrationsPageByPageUntilItIsEnough() {
		IntStream.range(0, 101).forEach(number -> aws.plant(ForeignWorkflow.of("retail", "flow-" + number)));

		assertThat(domains.countIntegrations("retail", 1000, deadline)).contains(101);
		assertThat(asked).hasSize(2);
		assertThat(domains.countIntegrations("retail", 50, deadline)).contains(100);
		assertThat(asked).as("one page is enough").hasSize(3);
		assertThat(domains.countIntegrations("wholesale", 50, deadline)).contains(0);
		assertThat(domains.countIntegrations("missing", 50, deadline)).isEmpty();
	}

	@Test
	void spendTheBudgetAsCallersWhoWait() {
		domains.find("retail", deadline);
		domains.hasObjectType("retail", "Account", deadline);
		domains.countIntegrations("retail", 50, deadline);

		assertThat(asked).containsExactly("GetDomain CALLER", "GetProfileObjectType CALLER", "ListIntegrations CALLER");
	}

	@Test
	void askNothingOnceTheTimeIsUp() {
		assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> domains.find("retail", Deadline.in(Duration.ZERO)))
			.withMessageContaining("budget");
		assertThat(aws.calls().all()).isEmpty();
	}

	@Test
	void waitNoLongerThanTheDeadline() {
		aws.faults()
			.always(io.profileworkflows.simulator.Operation.GET_DOMAIN, Fault.delayBefore(Duration.ofSeconds(3)));
		var begun = Deadline.in(Duration.ofMillis(2500));

		assertThatExceptionOfType(CallFailed.class)
			.isThrownBy(() -> domains.find("retail", Deadline.in(Duration.ofMillis(300))));
		assertThat(begun.hasPassed()).isFalse();
	}

	@Test
	void stopNoOtherReadsWhenTheyMayNotSee() {
		aws.faults().always(io.profileworkflows.simulator.Operation.GET_DOMAIN, Fault.ACCESS_DENIED_403);

		IntStream.range(0, 10)
			.forEach(_ -> assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> domains.find("retail", deadline))
				.satisfies(failed -> assertThat(failed.isOwnCredentials()).isTrue()));

		assertThat(domains.hasObjectType("retail", "Account", deadline)).isTrue();
		assertThat(upstream.customerProfiles().list(Priority.RECONCILIATION, "retail", null, null, null)).isPresent();
	}

	@Test
	void lowerTheBudgetWhenThrottled() {
		aws.faults().next(io.profileworkflows.simulator.Operation.GET_DOMAIN, 2, Fault.THROTTLE_429);

		assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> domains.find("retail", deadline))
			.satisfies(failed -> assertThat(failed.isThrottled()).isTrue());
		assertThat(asked).containsExactly("GetDomain CALLER", "GetDomain throttled");
	}

}
