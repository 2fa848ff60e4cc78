package io.profileworkflows.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import io.profileworkflows.CapturedLog;
import io.profileworkflows.Completion;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * All that a caller changes leaves a line in the audit log, and an entry in the database
 * with the name and the reason of the caller. An operation that is not among
 * {@link #changes} fails.
 */
@SecuredTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangesTests {

	private static final Cause BY_TEST = Cause.of("test", "to see");

	private static final String DOMAIN = "own-changes";

	private static final String REASON = "{ \"Reason\": \"so be it\" }";

	private CapturedLog log;

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Autowired
	WebEndpointsSupplier endpoints;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@BeforeEach
	void begin() {
		log = CapturedLog.begin();
	}

	@AfterEach
	void end() {
		log.close();
	}

	Stream<Change> changes() {
		return Stream.of(ofWorkflow("CreateIntegrationWorkflow", "Accepted", this::accepted),
				ofWorkflow("DeleteWorkflow", "Deletion asked for", () -> send("DELETE", pathOf(accepted()), "")),
				ofWorkflow("TagResource", "Tags changed",
						() -> send("POST", tagsOf(accepted()), "{ \"tags\": { \"new\": \"tag\" } }")),
				ofWorkflow("UntagResource", "Tags changed",
						() -> send("DELETE", tagsOf(accepted()) + "?tagKeys=team", "")),
				ofWorkflow("RetryWorkflow", "Accepted as another try at ",
						() -> send("POST", pathOf(rejected()) + "/retry", "")),
				ofWorkflow("AdoptWorkflow", "Adopted ", this::adopt),
				ofWorkflow("ResubmitWorkflow", "Resubmitted: so be it",
						() -> send("POST", pathOf(inReview()) + "/resubmit", REASON)),
				ofWorkflow("GiveUpWorkflow", "Given up: so be it",
						() -> send("POST", pathOf(inReview()) + "/give-up", REASON)),
				ofWorkflow("StartFlow", "Told AppFlow to start the flow: so be it",
						() -> send("POST", pathOf(complete()) + "/flow/start", REASON)),
				ofWorkflow("StopFlow", "Told AppFlow to stop the flow: so be it",
						() -> send("POST", pathOf(complete()) + "/flow/stop", REASON)),
				ofDomains("PauseDomain", "pause own-changes so be it", "/domains/own-changes/pause"),
				ofDomains("ResumeDomain", "resume own-changes so be it", "/domains/own-changes/resume"),
				ofSubscription("CreateSubscription", "create-subscription", this::subscribed),
				ofSubscription("DeleteSubscription", "delete-subscription", () -> send("DELETE", subscribed(), "")),
				ofSubscription("TestSubscription", "test-subscription", () -> send("POST", subscribed() + "/test", "")),
				ofSubscription("RotateSecret", "rotate-secret",
						() -> send("POST", subscribed() + "/rotate-secret", "")),
				ofSubscription("SwitchOnSubscription", "switch-on-subscription",
						() -> send("POST", subscribed() + "/switch-on", "")),
				ofSubscription("Redeliver", "redeliver", this::redeliver),
				new Change("BulkCreate", "Accepted",
						() -> send("POST", "/bulk", "[" + SampleRequest.in(DOMAIN).json() + "]"),
						_ -> last("select concat_ws(' ', actor, reason) from workflow_history")),
				ofOperation("RetryWorkflows", "RETRY RUNNING", () -> start("retry", "", rejected())),
				ofOperation("DeleteWorkflows", "DELETE RUNNING", () -> start("delete", "", accepted())),
				ofOperation("TagWorkflows", "TAG RUNNING",
						() -> start("tag", "{ \"Tags\": { \"new\": \"tag\" } }", accepted())),
				ofOperation("CancelOperation", "DELETE CANCELLED",
						() -> send("POST", start("delete", "", accepted()) + "/cancel", "")),
				ofDomains("PauseAllDomains", "pause * so be it", "/pause"),
				ofDomains("ResumeAllDomains", "resume * so be it", "/resume"),
				new Change("POST /actuator/outbox", "deletion own-changes so be it", this::redrive, _ -> last("""
						select concat_ws(' ', redriven_by, kind, domain, reason) from outbox_redrive
						""")));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void areInTheAuditLogAndInTheDatabase(Change change) {
		change.make().run();

		var line = await().atMost(Duration.ofSeconds(20))
			.until(() -> log.of("audit")
				.stream()
				.filter(it -> change.operation().equals(it.get("operation")))
				.findFirst()
				.orElse(null), Objects::nonNull);
		assertThat(line).contains(entry("caller", "oscar"), entry("authenticatedBy", "signature"),
				entry("remoteAddress", "127.0.0.1"), entry("outcome", "done"));
		assertThat(change.memory().apply(line)).startsWith("oscar " + change.remembered());
	}

	@Test
	void areAllThereAre() {
		var operations = requestMappingHandlerMapping.getHandlerMethods()
			.entrySet()
			.stream()
			.filter(mapping -> isChange(mapping.getValue()))
			.map(mapping -> Objects.requireNonNull(mapping.getKey().getName()))
			// those of the page are in PageAccessTests, where people sign in
			.filter(name -> !name.startsWith("Page."));
		var ofActuator = endpoints.getEndpoints()
			.stream()
			.flatMap(endpoint -> endpoint.getOperations().stream())
			.map(operation -> operation.getRequestPredicate())
			.filter(predicate -> predicate.getHttpMethod() != WebEndpointHttpMethod.GET)
			.map(predicate -> "%s /actuator/%s".formatted(predicate.getHttpMethod(), predicate.getPath()));

		assertThat(changes().map(Change::operation))
			.containsExactlyInAnyOrderElementsOf(Stream.concat(operations, ofActuator).toList());
	}

	private static boolean isChange(HandlerMethod handler) {
		var needed = handler.getMethodAnnotation(Requires.class);
		return needed != null && needed.value() != Role.READER;
	}

	private Change ofWorkflow(String operation, String remembered, Runnable make) {
		return new Change(operation, remembered, make, line -> {
			var entry = workflows.historyOf(WorkflowId.of(line.get("workflowId")), 0, 100).getLast();
			return entry.actor() + " " + entry.reason();
		});
	}

	private Change ofDomains(String operation, String remembered, String path) {
		return new Change(operation, remembered, () -> send("POST", path, REASON), _ -> last("""
				select concat_ws(' ', actor, action, domain_name, reason) from operator_action
				"""));
	}

	private Change ofSubscription(String operation, String remembered, Runnable make) {
		return new Change(operation, remembered + " changes-", make,
				_ -> last("select concat_ws(' ', actor, action, reason) from operator_action"));
	}

	private Change ofOperation(String operation, String remembered, Runnable make) {
		return new Change(operation, remembered, make, _ -> jdbc
			.sql("select concat_ws(' ', requested_by, action, state) from operation order by number desc limit 1")
			.query(String.class)
			.single());
	}

	/** Starts an action on one workflow, and says where its progress is shown. */
	private String start(String action, String body, WorkflowId id) {
		var path = "/bulk/%s?flow-name=%s".formatted(action, workflows.require(id).flowName());
		var token = send("POST", path + "&preview=true", body).body().path("Token").asString();
		return String.valueOf(send("POST", path + "&token=" + token, body).header("Location"));
	}

	private String subscribed() {
		var answer = send("POST", "/subscriptions", """
				{ "Name": "changes-%s", "Url": "https://hooks.example.com/" }
				""".formatted(UUID.randomUUID()));
		return "/subscriptions/" + answer.body().path("SubscriptionId").asString();
	}

	private void redeliver() {
		var subscription = subscribed();
		var delivery = send("POST", subscription + "/test", "").body().path("DeliveryId").asString();
		send("POST", "%s/deliveries/%s/redeliver".formatted(subscription, delivery), "");
	}

	private String last(String query) {
		return jdbc.sql(query + " order by id desc limit 1").query(String.class).single();
	}

	private void adopt() {
		var id = inReview();
		var flowName = workflows.require(id).flowName();
		var remote = SimulatedAws.simulator().plant(ForeignWorkflow.of(DOMAIN, flowName));
		send("POST", pathOf(id) + "/adopt", """
				{ "Reason": "so be it", "RemoteWorkflowId": "%s" }
				""".formatted(remote.workflowId()));
	}

	private void redrive() {
		var id = accepted();
		workflows.change(id, BY_TEST, Workflow::submit);
		workflows.change(id, BY_TEST, workflow -> workflow.confirm("0".repeat(32), Provenance.CREATED, Instant.EPOCH));
		jdbc.sql("delete from outbox where subject = :id").param("id", id.toString()).update();
		send("DELETE", pathOf(id), "");
		jdbc.sql("""
				update outbox set parked_at = clock_timestamp(), parked_reason = 'by test' where subject = :id
				""").param("id", id.toString()).update();

		var answer = Ask.to(managementPort, "POST", "/actuator/outbox").withBody("""
				{ "subject": "%s", "reason": "so be it" }
				""".formatted(id)).signed("AKEVERYWHERE", SecuredTest.SECRET).send();

		assertThat(answer.body().path("redriven").asInt()).as(answer.text()).isEqualTo(1);
		assertThat(workflows.historyOf(id, 0, 100).getLast()).satisfies(entry -> {
			assertThat(entry.actor()).isEqualTo("oscar");
			assertThat(entry.reason()).isEqualTo("Its deletion is tried again: so be it");
		});
	}

	private WorkflowId accepted() {
		var sample = SampleRequest.in(DOMAIN);
		return WorkflowId.of(send("POST", sample.path(), sample.json()).body().path("WorkflowId").asString());
	}

	private WorkflowId complete() {
		return Completion.withFlow(accepted(), workflows, jdbc);
	}

	private WorkflowId rejected() {
		var id = accepted();
		workflows.change(id, BY_TEST, workflow -> workflow.reject("because"));
		return id;
	}

	private WorkflowId inReview() {
		var id = accepted();
		workflows.change(id, BY_TEST, Workflow::submit);
		workflows.change(id, BY_TEST, Workflow::loseSight);
		workflows.review(id, BY_TEST, List.of());
		return id;
	}

	private static String pathOf(WorkflowId id) {
		return "/domains/%s/workflows/%s".formatted(DOMAIN, id);
	}

	private static String tagsOf(WorkflowId id) {
		return "/tags/arn%%3Aaws%%3Aprofile%%3Aeu-central-1%%3A123456789012%%3Adomains%%2F%s%%2Fworkflows%%2F%s"
			.formatted(DOMAIN, id);
	}

	private Ask.Answer send(String method, String path, String body) {
		var ask = Ask.to(port, method, path);
		var answer = (body.isEmpty() ? ask : ask.withBody(body)).signed("AKEVERYWHERE", SecuredTest.SECRET).send();
		assertThat(answer.status()).as(answer.text()).isLessThan(300);
		return answer;
	}

	/**
	 * @param remembered of it in the database, at least the beginning
	 * @param memory where that is, given the line in the audit log
	 */
	record Change(String operation, String remembered, Runnable make, Function<Map<String, String>, String> memory) {

		@Override
		public String toString() {
			return operation;
		}

	}

}
