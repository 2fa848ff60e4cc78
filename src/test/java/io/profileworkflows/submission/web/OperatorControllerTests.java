package io.profileworkflows.submission.web;

import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.security.Callers;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class OperatorControllerTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String REMOTE = "0123456789abcdef0123456789abcdef";

	private static final String REASON = "{ \"Reason\": \"looked at it\" }";

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

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
	void adopts() {
		var id = inReview();
		var remoteId = aws.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName())).workflowId();

		var response = asOperator(of(id, "adopt"), adoption(remoteId, "it is ours"));

		assertThat(response).hasStatusOk();
		assertThat(body(response)).isEqualTo(JSON.readTree("""
				{ "WorkflowId": "%s", "Phase": "SUBMITTED" }
				""".formatted(id)));
		var shown = show(id);
		assertThat(shown.path("RemoteWorkflowId").stringValue()).isEqualTo(remoteId);
		assertThat(shown.path("Provenance").stringValue()).isEqualTo("ADOPTED");
		assertThat(shown.has("Candidates")).as("it is no longer in review").isFalse();
		assertThat(lastEntry(id).reason()).isEqualTo("Adopted %s: it is ours".formatted(remoteId));
		assertThat(lastEntry(id).actor()).isEqualTo("olga");
	}

	@Test
	void adoptsNothingThatAwsDoesNotKnow() {
		var response = asOperator(of(inReview(), "adopt"), adoption(REMOTE, "it is ours"));

		assertThat(response).hasStatus(HttpStatus.CONFLICT);
		assertThat(body(response).path("Message").stringValue())
			.isEqualTo("Customer Profiles knows no workflow %s in domain %s".formatted(REMOTE, sample.domainName()));
	}

	@Test
	void saysWhenAwsGivesNoAnswer() {
		aws.faults().next(Operation.GET_WORKFLOW, 3, Fault.ERROR_500_BEFORE);

		var response = asOperator(of(inReview(), "adopt"), adoption(REMOTE, "it is ours"));

		assertThat(response).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(body(response).path("Message").stringValue())
			.isEqualTo("Customer Profiles gave no answer about %s; try again".formatted(REMOTE));
	}

	@Test
	void resubmits() {
		var id = inReview();

		assertThat(asOperator(of(id, "resubmit"), REASON)).hasStatusOk();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.ACCEPTED);
		assertThat(lastEntry(id).reason()).isEqualTo("Resubmitted: looked at it");
	}

	@Test
	void resubmitsWhatWasParked() {
		var id = accept();
		jdbc.sql("update outbox set failures = 10").update();
		workOff.workOff(WorkKinds.SUBMISSION);
		assertThat(show(id).path("Phase").stringValue()).isEqualTo("NEEDS_REVIEW");
		assertThat(show(id).path("Candidates").isEmpty()).isTrue();

		asOperator(of(id, "resubmit"), REASON);
		workOff.workOff(WorkKinds.SUBMISSION);

		assertThat(show(id).path("Phase").stringValue()).isEqualTo("SUBMITTED");
	}

	@Test
	void givesUp() {
		var id = inReview();

		var response = asOperator(of(id, "give-up"), REASON);

		assertThat(response).hasStatusOk();
		assertThat(show(id).path("Phase").stringValue()).isEqualTo("REJECTED");
		assertThat(show(id).path("ErrorDescription").stringValue()).isEqualTo("Given up: looked at it");
	}

	@Test
	void showsWhatAWorkflowInReviewMayBe() {
		var candidates = show(inReview()).path("Candidates");

		assertThat(candidates).isEqualTo(JSON.readTree("""
				[ { "RemoteWorkflowId": "%s", "Status": "IN_PROGRESS", "FlowNames": ["%s"],
				    "SpeaksFor": ["its FlowName is equal"], "SpeaksAgainst": [] } ]
				""".formatted(REMOTE, sample.flowName())));
	}

	@Test
	void pausesAndResumesADomain() {
		var domain = "/domains/%s/".formatted(sample.domainName());

		assertThat(body(asOperator(domain + "pause", REASON)).path("Paused").booleanValue()).isTrue();
		assertThat(pauses()).containsExactly(sample.domainName() + " olga looked at it");
		assertThat(body(asOperator(domain + "resume", REASON)).path("Paused").booleanValue()).isFalse();
		assertThat(pauses()).isEmpty();
	}

	@Test
	void pausesAndResumesEverything() {
		assertThat(asOperator("/pause", REASON)).hasStatusOk();
		assertThat(pauses()).containsExactly("* olga looked at it");
		assertThat(asOperator("/resume", REASON)).hasStatusOk();
		assertThat(pauses()).isEmpty();
	}

	static Stream<String> operations() {
		return Stream.of("/domains/retail/workflows/%s/adopt".formatted(REMOTE),
				"/domains/retail/workflows/%s/resubmit".formatted(REMOTE),
				"/domains/retail/workflows/%s/give-up".formatted(REMOTE), "/domains/retail/pause",
				"/domains/retail/resume", "/pause", "/resume");
	}

	@ParameterizedTest
	@MethodSource("operations")
	void refusesWhoeverIsNoOperator(String path) {
		var response = send(path, adoption(REMOTE, "because"), "anna", "submitter:*");

		assertThat(response).hasStatus(HttpStatus.FORBIDDEN).hasHeader("x-amzn-ErrorType", "AccessDeniedException");
		assertThat(pauses()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void needsAReason(String path) {
		for (var reason : List.of("", "x".repeat(501))) {
			var response = asOperator(path,
					path.endsWith("adopt") ? adoption(REMOTE, reason) : "{ \"Reason\": \"%s\" }".formatted(reason));

			assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
			assertThat(body(response).at("/Violations/0/Pointer").stringValue()).isEqualTo("/Reason");
			assertThat(body(response).path("Message").stringValue()).contains("/Reason");
		}
		assertThat(body(asOperator(path, "{}")).path("Violations").valueStream())
			.extracting(violation -> violation.path("Pointer").stringValue())
			.contains("/Reason");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{ "RemoteWorkflowId": "7", "Reason": "ours" }     | /RemoteWorkflowId
			{ "Reason": "ours" }                              | /RemoteWorkflowId
			{ "RemoteWorkflowId": 7, "Reason": "ours" }       | /RemoteWorkflowId
			{ "Reason": "ours", "Force": true }               | /Force
			""")
	void namesTheMemberThatIsWrong(String body, String pointer) {
		var response = asOperator(of(inReview(), "adopt"), body);

		assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(body(response).path("Violations").valueStream())
			.extracting(violation -> violation.path("Pointer").stringValue())
			.contains(pointer);
	}

	@Test
	void takesTheLongestReason() {
		assertThat(asOperator("/pause", "{ \"Reason\": \"%s\" }".formatted("x".repeat(500)))).hasStatusOk();
	}

	@ParameterizedTest
	@CsvSource({ "adopt", "resubmit", "give-up" })
	void decidesOnlyWhatIsInReview(String operation) {
		var id = accept();

		var response = asOperator(of(id, operation),
				operation.equals("adopt") ? adoption(REMOTE, "it is ours") : REASON);

		assertThat(response).hasStatus(HttpStatus.CONFLICT);
		assertThat(body(response).path("Message").stringValue()).contains("is ACCEPTED");
	}

	@Test
	void doesNotKnowWorkflowsOfOtherDomains() {
		var path = "/domains/elsewhere/workflows/%s/resubmit".formatted(inReview());

		assertThat(asOperator(path, REASON)).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void refusesWhatIsNoIdOrNoDomain() {
		assertThat(asOperator("/domains/retail/workflows/7/resubmit", REASON)).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(asOperator("/domains/re tail/pause", REASON)).hasStatus(HttpStatus.BAD_REQUEST);
	}

	private WorkflowId accept() {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	private WorkflowId inReview() {
		var id = accept();
		var cause = Cause.of("test", "nobody knows");
		jdbc.sql("delete from outbox").update();
		workflows.change(id, cause, Workflow::submit);
		workflows.change(id, cause, Workflow::loseSight);
		workflows.review(id, cause, List.of(new Candidate(REMOTE, null, "IN_PROGRESS", List.of(sample.flowName()),
				List.of("its FlowName is equal"), List.of())));
		return id;
	}

	private String of(WorkflowId id, String operation) {
		return "/domains/%s/workflows/%s/%s".formatted(sample.domainName(), id, operation);
	}

	private static String adoption(String remoteId, String reason) {
		return "{ \"RemoteWorkflowId\": \"%s\", \"Reason\": \"%s\" }".formatted(remoteId, reason);
	}

	private MvcTestResult asOperator(String path, String body) {
		return send(path, body, "olga", "operator:*");
	}

	private MvcTestResult send(String path, String body, String name, String grant) {
		return mvc.post()
			.uri(path)
			.with(Callers.caller(name, grant))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private JsonNode show(WorkflowId id) {
		return body(mvc.get().uri("/domains/%s/workflows/%s".formatted(sample.domainName(), id)).exchange());
	}

	private static JsonNode body(MvcTestResult response) {
		return JSON.readTree(response.getResponse().getContentAsByteArray());
	}

	private HistoryEntry lastEntry(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).getLast();
	}

	private List<String> pauses() {
		return jdbc.sql("select concat_ws(' ', domain_name, paused_by, reason) from submission_pause")
			.query(String.class)
			.list();
	}

}
