package io.profileworkflows.workflow.web;

import java.util.List;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class RetryControllerTests {

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@Test
	void acceptsANewWorkflowAndTellsWhereToFollowIt() {
		var rejected = rejected();

		var response = retry(sample.domainName(), rejected);

		assertThat(response).hasStatus(HttpStatus.ACCEPTED).hasHeader("Retry-After", "2");
		assertThat(response).doesNotContainHeader("Idempotency-Replayed");
		assertThat(mvc.get().uri(response.getResponse().getHeader("Location"))).hasStatusOk()
			.bodyJson()
			.extractingPath("$.RetryOf")
			.isEqualTo(rejected.toString());
	}

	@Test
	void repeatsItsAnswer() {
		var rejected = rejected();
		var first = retry(sample.domainName(), rejected);

		var second = retry(sample.domainName(), rejected);

		assertThat(second).hasStatus(HttpStatus.ACCEPTED).hasHeader("Idempotency-Replayed", "true");
		assertThat(second.getResponse().getContentAsByteArray()).isNotEmpty()
			.isEqualTo(first.getResponse().getContentAsByteArray());
	}

	@Test
	void saysWhatHasNotFailed() {
		var id = accepted();

		assertThat(retry(sample.domainName(), id)).hasStatus(HttpStatus.CONFLICT)
			.bodyJson()
			.extractingPath("$.Message")
			.asString()
			.startsWith("Workflow %s is ACCEPTED with Status NOT_STARTED".formatted(id));
	}

	@Test
	void namesTheHolderOfTheFlowName() {
		var rejected = rejected();
		var holder = workflows.accept(sample.objectType("Salesforce-Lead").request(), List.of(), "berta", null);

		assertThat(retry(sample.domainName(), rejected)).hasStatus(HttpStatus.CONFLICT)
			.bodyJson()
			.extractingPath("$.WorkflowId")
			.isEqualTo(holder.workflow().id().toString());
	}

	@Test
	void pointsAtAScheduleThatHasPassed() {
		var rejected = rejected();
		jdbc.sql("update workflow set request = cast(:request as jsonb)")
			.param("request", sample.scheduleStart(1_000_000).scheduleEnd(2_000_000).json())
			.update();

		assertThat(retry(sample.domainName(), rejected)).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.extractingPath("$.Violations[*].Pointer")
			.asArray()
			.contains("/IntegrationConfig/AppflowIntegration/FlowDefinition/TriggerConfig/TriggerProperties/Scheduled"
					+ "/ScheduleEndTime");
	}

	@Test
	void knowsNothingInAnotherDomain() {
		assertThat(retry("elsewhere", rejected())).hasStatus(HttpStatus.NOT_FOUND);
	}

	private WorkflowId accepted() {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	private WorkflowId rejected() {
		var id = accepted();
		workflows.change(id, Cause.of("test", "to see what happens"), Workflow::submit);
		workflows.change(id, Cause.of("test", "to see what happens"), workflow -> workflow.reject("refused"));
		jdbc.sql("delete from outbox").update();
		return id;
	}

	private MvcTestResult retry(String domainName, WorkflowId id) {
		return mvc.post().uri("/domains/{domain}/workflows/{id}/retry", domainName, id).exchange();
	}

}
