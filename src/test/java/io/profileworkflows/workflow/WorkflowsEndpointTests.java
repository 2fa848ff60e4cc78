package io.profileworkflows.workflow;

import java.util.List;
import java.util.function.Consumer;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@AutoConfigureMockMvc(addFilters = false)
@TestPropertySource(properties = "management.server.port=")
@EmptyTables
class WorkflowsEndpointTests {

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	@Test
	void countsWorkflowsByStageAndDomain() {
		accept(SampleRequest.in("retail"));
		accept(SampleRequest.in("retail"));
		change(accept(SampleRequest.in("support")), Workflow::submit);

		assertThat(mvc.get().uri("/actuator/workflows")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				{
				  "stages": [
				    { "phase": "ACCEPTED", "status": "NOT_STARTED", "count": 2 },
				    { "phase": "SUBMITTING", "status": "NOT_STARTED", "count": 1 }
				  ],
				  "domains": [ { "domain": "retail", "count": 2 }, { "domain": "support", "count": 1 } ]
				}
				""");
	}

	@Test
	void showsOneWorkflowWithItsHistory() {
		var sample = SampleRequest.in("retail");
		var id = accept(sample);
		change(id, workflow -> workflow.reject("The role does not exist"));

		assertThat(mvc.get().uri("/actuator/workflows/{id}", id)).hasStatusOk().bodyJson().isLenientlyEqualTo("""
				{
				  "workflowId": "%s", "domain": "retail", "flowName": "%s", "phase": "REJECTED", "status": "FAILED",
				  "errorDescription": "The role does not exist", "deletionRequested": false, "requestedBy": "anna",
				  "history": [
				    { "toPhase": "ACCEPTED", "actor": "anna" },
				    { "fromPhase": "ACCEPTED", "toPhase": "REJECTED", "actor": "test" }
				  ]
				}
				""".formatted(id, sample.flowName()));
	}

	@Test
	void neverShowsWhatWasAskedFor() {
		var id = accept(SampleRequest.unique());

		assertThat(mvc.get().uri("/actuator/workflows/{id}", id)).bodyText().doesNotContain("KmsArn", "arn:aws:kms");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123456789abcdef0123456789abcdef", "17" })
	void doesNotKnowAWorkflowNobodyAskedFor(String id) {
		assertThat(mvc.get().uri("/actuator/workflows/{id}", id)).hasStatus(HttpStatus.NOT_FOUND)
			.bodyJson()
			.isStrictlyEqualTo("{ \"message\": \"There is no workflow with this id\" }");
	}

	private WorkflowId accept(SampleRequest request) {
		return workflows.accept(request.request(), List.of(), "anna", null).workflow().id();
	}

	private void change(WorkflowId id, Consumer<Workflow> transition) {
		workflows.change(id, Cause.of("test", "to see what happens"), transition);
	}

}
