package io.profileworkflows.http;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.security.ForAnyCaller;
import io.profileworkflows.workflow.WorkflowId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class KnownParametersTests {

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	List<RequestMappingHandlerMapping> mappings;

	@Test
	void areAllThatAnyOperationTakes() {
		var operations = mappings.stream()
			.flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
			.filter(mapping -> isOurs(mapping.getValue()))
			.flatMap(mapping -> paths(mapping.getKey()))
			// the page shows the same as a page
			.filter(operation -> !operation.contains(" /ui"))
			.toList();

		assertThat(operations).hasSizeGreaterThan(15).allSatisfy(operation -> {
			var parts = operation.split(" ");
			var response = mvc.method(HttpMethod.valueOf(parts[0]))
				.uri(parts[1] + "?unheard-of=1")
				.contentType(MediaType.APPLICATION_JSON)
				.content("{}")
				.exchange();

			assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
			assertThat(message(response)).startsWith("unheard-of is not a parameter of this operation");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "dryrun=true", "dry_run=true", "Dry-Run=true", "dryRun", "dry-run=false&dryrun=true",
			"dr%79run=true" })
	void areSpeltRightInADryRun(String query) {
		var response = create(query);

		assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(message(response)).endsWith("is not a parameter of this operation; did you mean dry-run?");
		assertThat(workflows()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "dry-run=, 200, 0", "dry-run=true, 200, 0", "dry-run=false, 202, 1", "'', 202, 1" })
	void areReadAsTheyAreMeant(String query, int status, int workflows) {
		assertThat(create(query)).hasStatus(status);
		assertThat(workflows()).isEqualTo(workflows);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dry-run=TRUE", "dry-run=1", "dry-run=true&dry-run=true", "dry-run=false&dry-run=true" })
	void areTrueOrFalse(String query) {
		var response = create(query);

		assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(message(response)).isEqualTo("dry-run must be true or false");
		assertThat(workflows()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"DELETE|/domains/d/workflows/0123456789abcdef0123456789abcdef?confirm_adopted=true|"
					+ "confirm_adopted is not a parameter of this operation; did you mean confirm-adopted?",
			"POST|/domains/d/workflows/0123456789abcdef0123456789abcdef/retry?force|"
					+ "force is not a parameter of this operation, which has confirm-adopted",
			"POST|/domains/d/workflows?maxResults=5|"
					+ "maxResults is not a parameter of this operation; did you mean max-results?",
			"GET|/domains/d/workflows/0123456789abcdef0123456789abcdef?wait=20|"
					+ "wait is not a parameter of this operation, which has none",
			"POST|/domains/d/pause?until=tomorrow&reason=x|reason is not a parameter of this operation, which has none; "
					+ "until is not a parameter of this operation, which has none" })
	void areNamedWhenTheyAreUnknown(HttpMethod method, String uri, String message) {
		var response = mvc.method(method).uri(uri).contentType(MediaType.APPLICATION_JSON).content("{}").exchange();

		assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(message(response)).isEqualTo(message);
	}

	@Test
	void areAllLookedAtInASearch() {
		var response = mvc.get()
			.uri("/workflows?state=FAILED&status=BROKEN&sort=size&max-results=0&created-from=yesterday&counts=maybe")
			.exchange();

		assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(message(response)).contains("state is not a parameter of this operation", "status must be one of ",
				"sort must be created or updated", "max-results must be a number from 1 to 100",
				"created-from must be a time", "counts must be true or false");
	}

	@Test
	void areAllLookedAtInASearchInADomain() {
		var response = mvc.get().uri("/domains/d/workflows?domain=e&phase=LATE").exchange();

		assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(message(response)).contains("domain is not a parameter of this operation", "phase must be one of ");
	}

	private static boolean isOurs(HandlerMethod operation) {
		return operation.getBeanType().getName().startsWith("io.profileworkflows.")
				&& !operation.hasMethodAnnotation(ForAnyCaller.class);
	}

	private static Stream<String> paths(RequestMappingInfo mapping) {
		var methods = mapping.getMethodsCondition().getMethods();
		return mapping.getPatternValues()
			.stream()
			.map(path -> path.replace("{domainName}", "d")
				.replace("{workflowId}", WorkflowId.of("0".repeat(32)).toString())
				.replace("{operationId}", "0".repeat(32))
				.replace("{resourceArn}", "arn")
				.replace("{subscriptionId}", "0".repeat(32))
				.replace("{deliveryId}", "evt_" + "0".repeat(32)))
			.flatMap(path -> (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods).stream()
				.map(method -> method + " " + path));
	}

	private MvcTestResult create(String query) {
		return mvc.post()
			.uri(URI.create(sample.path() + (query.isEmpty() ? "" : "?" + query)))
			.contentType(MediaType.APPLICATION_JSON)
			.content(sample.json())
			.exchange();
	}

	private long workflows() {
		return jdbc.sql("select count(*) from workflow").query(Long.class).single();
	}

	private static String message(MvcTestResult response) {
		return new JsonMapper().readTree(response.getResponse().getContentAsByteArray()).path("Message").asString();
	}

}
