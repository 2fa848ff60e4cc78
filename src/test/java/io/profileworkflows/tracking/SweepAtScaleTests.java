package io.profileworkflows.tracking;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.TenThousand;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.WorkKinds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class SweepAtScaleTests {

	private static final int PAGES = TenThousand.WORKFLOWS / 100;

	private static final int CHANGED = 30;

	private final Simulator aws = SimulatedAws.simulator();

	@Autowired
	WorkOff workOff;

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	@AfterEach
	void begin() {
		aws.reset();
	}

	@Test
	void seesTenThousandWorkflowsForAPageInAHundredAndReadsOnlyWhatChanged() {
		var all = TenThousand.at(aws, jdbc);

		assertThat(workOff.workOff(WorkKinds.TRACKING)).isEqualTo(TenThousand.DOMAINS);
		assertThat(aws.calls().of(Operation.LIST_WORKFLOWS)).hasSize(PAGES);
		assertThat(aws.calls().all()).as("nothing but listings").hasSize(PAGES);

		aws.calls().forget();
		all.complete(1000, CHANGED);
		all.letThemBeSwept();
		workOff.workOff(WorkKinds.TRACKING);

		assertThat(all.finished()).isEqualTo(CHANGED);
		assertThat(aws.calls().of(Operation.LIST_WORKFLOWS)).hasSize(PAGES);
		assertThat(aws.calls().of(Operation.GET_WORKFLOW)).hasSize(CHANGED);
		assertThat(aws.calls().of(Operation.GET_WORKFLOW_STEPS)).hasSize(CHANGED);
	}

}
