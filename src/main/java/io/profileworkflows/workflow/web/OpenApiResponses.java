package io.profileworkflows.workflow.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.integration.Violation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * What every operation may answer besides what is its own.
 */
final class OpenApiResponses {

	static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";

	/** Any operation. */
	static final List<HttpStatus> ALWAYS = List.of(HttpStatus.BAD_REQUEST, HttpStatus.NOT_ACCEPTABLE,
			HttpStatus.INTERNAL_SERVER_ERROR, HttpStatus.SERVICE_UNAVAILABLE, HttpStatus.LOOP_DETECTED);

	/**
	 * Any operation, where callers have to say who they are: a signature covers a body.
	 */
	static final List<HttpStatus> OF_CALLERS = List.of(HttpStatus.UNAUTHORIZED, HttpStatus.FORBIDDEN,
			HttpStatus.REQUEST_TIMEOUT, HttpStatus.CONTENT_TOO_LARGE, HttpStatus.TOO_MANY_REQUESTS);

	/** Operations in a domain, in the same place: it may be none of the caller's. */
	static final List<HttpStatus> OF_A_DOMAIN = List.of(HttpStatus.NOT_FOUND);

	/** Operations that name a workflow. */
	static final List<HttpStatus> OF_A_WORKFLOW = List.of(HttpStatus.NOT_FOUND);

	/** Operations with a body. */
	static final List<HttpStatus> OF_A_DOCUMENT = List.of(HttpStatus.REQUEST_TIMEOUT, HttpStatus.CONTENT_TOO_LARGE,
			HttpStatus.UNSUPPORTED_MEDIA_TYPE);

	private static final String BAD_DOCUMENT = "BadDocument";

	private static final String TEXT = "string";

	private final OpenApiTexts texts;

	OpenApiResponses(OpenApiTexts texts) {
		this.texts = texts;
	}

	Map<String, ApiResponse> all() {
		var all = new TreeMap<String, ApiResponse>();
		all.put(BAD_DOCUMENT, badDocument());
		add(all, HttpStatus.BAD_REQUEST, "The path or a parameter breaks a rule.",
				"max-results must be a number from 1 to 100");
		add(all, HttpStatus.UNAUTHORIZED, "The bearer token is not valid.",
				"The bearer token is not valid: it may have expired, be meant for another audience, or come from another issuer");
		add(all, HttpStatus.FORBIDDEN,
				"The request does not say who sends it, its signature does not fit, or the caller lacks a role. "
						+ "`x-amzn-ErrorType` tells which: MissingAuthenticationTokenException, "
						+ "InvalidSignatureException, UnrecognizedClientException or AccessDeniedException.",
				"Only an operator of domain retail may do this");
		add(all, HttpStatus.NOT_FOUND, "There is no such workflow, or none that the caller may read.",
				"Workflow 019ab4f1c7e87d3a9f0e2b6c5d4a3f21 does not exist in domain retail");
		add(all, HttpStatus.NOT_ACCEPTABLE, "The answer cannot be written in what `Accept` asks for.",
				"Accept must allow application/json or application/yaml");
		add(all, HttpStatus.REQUEST_TIMEOUT, "The document did not arrive in time.",
				"The body did not arrive within 30000 ms");
		add(all, HttpStatus.TOO_MANY_REQUESTS,
				"The caller asks too often, or waits for changes of workflows too many times at once. AWS's SDKs try "
						+ "again by themselves.",
				"crm sends too many requests: slow down, or wait for changes instead of asking");
		addHeaders(Objects.requireNonNull(all.get(nameOf(HttpStatus.TOO_MANY_REQUESTS))),
				Stream.of(HttpHeaders.RETRY_AFTER));
		add(all, HttpStatus.CONTENT_TOO_LARGE,
				"The document is larger than it may be: 1 MiB for a request in JSON, 256 KiB for one in YAML, 64 KiB for any other.",
				"The document is larger than %d bytes".formatted(DocumentReader.MAX_BYTES));
		add(all, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The document is neither JSON nor YAML.",
				"Content-Type must be application/json or application/yaml");
		add(all, HttpStatus.INTERNAL_SERVER_ERROR, "The service failed. To ask again is safe.",
				"The service failed; its log says more under this request id");
		add(all, HttpStatus.SERVICE_UNAVAILABLE,
				"The database does not answer now, or AWS does not where it has to be asked first, or too many wait for changes of workflows. To ask again is safe.",
				"The service cannot use its database; try again");
		addHeaders(Objects.requireNonNull(all.get(nameOf(HttpStatus.SERVICE_UNAVAILABLE))),
				Stream.of(HttpHeaders.RETRY_AFTER));
		add(all, HttpStatus.LOOP_DETECTED, "The service was pointed at itself in the place of AWS.",
				"This service was pointed at itself: its endpoint for Customer Profiles must be AWS's");
		return all;
	}

	static ApiResponse reference(HttpStatus status, boolean hasDocument) {
		return new ApiResponse().$ref("#/components/responses/"
				+ ((status == HttpStatus.BAD_REQUEST && hasDocument) ? BAD_DOCUMENT : nameOf(status)));
	}

	static Content problem() {
		return new Content().addMediaType(org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
				new MediaType().schema(OpenApiSchemas.reference(Problem.class)));
	}

	static Map<String, Header> headers() {
		return Map.of(WorkflowStreams.UNBUFFERED,
				header("Tells proxies to pass events on at once. Only with a stream.",
						OpenApiSchemas.constants(List.of("no")), "no"),
				RequestFilter.REQUEST_ID,
				header("Names this request, in the service's log, too.", OpenApiSchemas.typed(TEXT).format("uuid"),
						"b2c6e1f4-5c0d-4a55-9a0e-6f1f6a6c2d10"),
				Problem.ERROR_TYPE,
				header("AWS's name of the error.", OpenApiSchemas.typed(TEXT), "BadRequestException"),
				HttpHeaders.LOCATION,
				header("Where GetWorkflow tells how far the workflow is.",
						OpenApiSchemas.typed(TEXT).format("uri-reference"),
						"/domains/retail/workflows/019ab4f1c7e87d3a9f0e2b6c5d4a3f21"),
				HttpHeaders.RETRY_AFTER,
				header("Seconds after which it is worth asking again.", OpenApiSchemas.typed("integer"), 2),
				HttpHeaders.ETAG,
				header("Changes with the workflow; for `If-None-Match`.", OpenApiSchemas.typed(TEXT), "\"3\""),
				Prefer.APPLIED,
				header("How long the service would have waited, where `Prefer` asked for it.",
						OpenApiSchemas.typed(TEXT), "wait=50"),
				IDEMPOTENCY_REPLAYED,
				header("There, and true, when this is the answer to an earlier request like this one.",
						OpenApiSchemas.constants(List.of("true")), "true"));
	}

	static void addHeaders(ApiResponse response, Stream<String> names) {
		names.forEach(name -> response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name)));
	}

	private void add(Map<String, ApiResponse> all, HttpStatus status, String description, String message) {
		all.put(nameOf(status), refusal(description, Problem.of(status, message)));
	}

	private ApiResponse badDocument() {
		return refusal(
				"The document, the path or a parameter breaks a rule, or this service is set up to refuse what names things "
						+ "that are not there at AWS. `Violations` names every member of the document that is at fault, and "
						+ "what would be right.",
				Problem.of(HttpStatus.BAD_REQUEST, "/ObjectTypeName is required",
						List.of(new Violation("/ObjectTypeName", "is required")), null));
	}

	private ApiResponse refusal(String description, Problem example) {
		var content = problem();
		content.values().forEach(media -> media.addExamples("problem", texts.exampleOf(example)));
		var response = new ApiResponse().description(description).content(content);
		addHeaders(response, Stream.of(RequestFilter.REQUEST_ID, Problem.ERROR_TYPE));
		return response;
	}

	private static Header header(String description, Schema<?> schema, Object example) {
		return new Header().description(description).schema(OpenApiSchemas.withExample(schema, example));
	}

	private static String nameOf(HttpStatus status) {
		return status.getReasonPhrase().replace(" ", "");
	}

}
