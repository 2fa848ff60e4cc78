package io.profileworkflows.workflow.web;

import java.util.Collections;
import java.util.List;

import io.profileworkflows.integration.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptedAnswersTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	@Test
	void sayNothingOfWarningsThatThereAreNot() {
		assertThat(AcceptedAnswers.messageOf(List.of())).startsWith("The workflow is accepted and will be created");
	}

	@Test
	void nameTheWarnings() {
		var warnings = List.of(new Violation(FLOW + "/Tasks/0/SourceFields/1", "is projected in vain"),
				new Violation("/RoleArn", "is of another account"));

		assertThat(AcceptedAnswers.messageOf(warnings)).isEqualTo("The workflow is accepted with 2 warnings: "
				+ "Tasks/0/SourceFields/1 is projected in vain; RoleArn is of another account");
		assertThat(AcceptedAnswers.messageOf(warnings.subList(1, 2)))
			.isEqualTo("The workflow is accepted with 1 warning: RoleArn is of another account");
	}

	@Test
	void fitIntoWhatAwsAllows() {
		var warning = new Violation("/IntegrationConfig/AppflowIntegration/Batches/1/EndTime", "is in the future");

		assertThat(AcceptedAnswers.messageOf(Collections.nCopies(1001, warning))).hasSize(255)
			.startsWith("The workflow is accepted with 1001 warnings: Batches/1/EndTime is in the future; ")
			.endsWith("…");
	}

}
