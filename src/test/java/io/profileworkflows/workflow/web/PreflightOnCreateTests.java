package io.profileworkflows.workflow.web;

import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.customerprofiles.ProfileResources;
import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Problems;
import io.profileworkflows.http.Resolvers;
import io.profileworkflows.preflight.Preflight;
import io.profileworkflows.preflight.Preflights;
import io.profileworkflows.search.Search;
import io.profileworkflows.security.ResourceRules;
import io.profileworkflows.workflow.Admissions;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The controller with preflights that differ from the application's.
 */
@PostgresTest
@EmptyTables
class PreflightOnCreateTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final SampleRequest sample = SampleRequest.unique();

	private final SampleRequest missing = sample.objectType("MissingType")
		.role("arn:aws:iam::123456789012:role/missing");

	@Autowired
	Workflows workflows;

	@Autowired
	ResourceRules resources;

	@Autowired
	Search search;

	@Autowired
	Documents documents;

	@Autowired
	ProfileResources domains;

	@Autowired
	JdbcClient jdbc;

	@Test
	void refusesWithAllThatIsNotThereAndStoresNothing() {
		var refused = post(Preflights.refusing(domains), missing, null);

		assertThat(refused).hasStatus(HttpStatus.BAD_REQUEST)
			.hasHeader("x-amzn-ErrorType", "BadRequestException")
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(body(refused).path("Violations").valueStream())
			.extracting(violation -> violation.path("Pointer").stringValue())
			.containsExactly("/ObjectTypeName", "/RoleArn");
		assertThat(body(refused).path("Message").stringValue()).contains("/RoleArn does not exist");
		assertThat(List.of("workflow", "outbox", "flow_name_reservation", "idempotency_key")).allSatisfy(
				table -> assertThat(jdbc.sql("select count(*) from " + table).query(Long.class).single()).isZero());
	}

	@Test
	void replaysWhatItWouldRefuseNow() {
		var first = body(post(Preflights.warning(domains), missing, "key")).path("WorkflowId");
		var again = post(Preflights.refusing(domains), missing, "key");

		assertThat(again).hasStatus(HttpStatus.ACCEPTED).hasHeader("Idempotency-Replayed", "true");
		assertThat(body(again).path("WorkflowId")).isEqualTo(first);
	}

	@Test
	void warnsAndAccepts() {
		var warned = post(Preflights.warning(domains), missing, null);

		assertThat(warned).hasStatus(HttpStatus.ACCEPTED);
		assertThat(body(warned).path("Warnings").valueStream())
			.extracting(warning -> warning.path("Pointer").stringValue() + " " + warning.path("Message").stringValue())
			.contains("/ObjectTypeName does not exist in this domain, or is hidden from this service",
					"/RoleArn does not exist in this account");
	}

	@Test
	void acceptsWhatIsUnknown() {
		var hidden = sample.role("arn:aws:iam::123456789012:role/hidden");

		assertThat(post(Preflights.refusing(domains), hidden, null)).hasStatus(HttpStatus.ACCEPTED);
	}

	private MvcTestResult post(Preflight preflight, SampleRequest request, String key) {
		var controller = new WorkflowController(workflows, documents, Admissions.by(workflows, preflight, resources),
				preflight, new AcceptedAnswers(workflows, new SimpleMeterRegistry()), Clock.systemUTC());
		var mvc = MockMvcTester.create(MockMvcBuilders.standaloneSetup(controller)
			.setControllerAdvice(new Problems())
			.setCustomArgumentResolvers(Resolvers.ofDocuments())
			.build());
		var call = mvc.post().uri(request.path()).contentType(MediaType.APPLICATION_JSON).content(request.json());
		return ((key != null) ? call.header("Idempotency-Key", key) : call).exchange();
	}

	private static JsonNode body(MvcTestResult result) {
		return JSON.readTree(result.getResponse().getContentAsByteArray());
	}

}
