package io.profileworkflows.workflow.web;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Completes what springdoc reads off a controller's method with what it cannot see: the
 * document that is read by hand, and everything that all operations have in common.
 */
class OpenApiOperations implements GlobalOperationComponentsCustomizer {

	private static final String JSON = org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

	private static final String YAML = org.springframework.http.MediaType.APPLICATION_YAML_VALUE;

	private static final String EVENTS = org.springframework.http.MediaType.TEXT_EVENT_STREAM_VALUE;

	/** What springdoc says of an answer of which nobody else said anything. */
	private static final String SAID_NOTHING = "OK";

	private final OpenApiTexts texts;

	private final boolean callersSayWhoTheyAre;

	OpenApiOperations(OpenApiTexts texts, boolean callersSayWhoTheyAre) {
		this.texts = texts;
		this.callersSayWhoTheyAre = callersSayWhoTheyAre;
	}

	@Override
	public Operation customize(Operation operation, HandlerMethod method) {
		return operation;
	}

	@Override
	public Operation customize(Operation operation, Components components, HandlerMethod method) {
		var document = documentOf(method);
		operation.setSummary(operation.getOperationId() + ": " + StringUtils.uncapitalize(operation.getSummary()));
		operation.setParameters(parametersOf(operation));
		document.ifPresent(type -> operation.setRequestBody(body(operation, type, components)));
		operation.setResponses(responses(operation, document.isPresent()));
		return operation;
	}

	private ApiResponses responses(Operation operation, boolean hasDocument) {
		var responses = new TreeMap<>(operation.getResponses());
		responses.forEach((status, response) -> complete(response, operation.getOperationId(), status));
		if (operation.getOperationId().equals("GetWorkflow")) {
			responses.put("204", nothingMore());
			responses.put("304", notModified());
		}
		shared(operation, hasDocument).forEach(status -> responses.put(Integer.toString(status.value()),
				OpenApiResponses.reference(status, hasDocument)));
		var sorted = new ApiResponses();
		sorted.putAll(responses);
		return sorted;
	}

	private static Optional<Class<?>> documentOf(HandlerMethod method) {
		return Arrays.stream(method.getMethodParameters())
			.map((MethodParameter parameter) -> parameter.getParameterAnnotation(Holds.class))
			.filter(Objects::nonNull)
			.<Class<?>>map(Holds::value)
			.findFirst();
	}

	private static List<Parameter> parametersOf(Operation operation) {
		var inSignature = Stream.ofNullable(operation.getParameters())
			.flatMap(List::stream)
			.map(parameter -> parameter.getIn().equals("path") ? OpenApiParameters.wireNameOf(parameter.getName())
					: parameter.getName());
		return Stream.concat(inSignature, OpenApiParameters.readByHand(operation.getOperationId()).stream())
			.map(name -> new Parameter().$ref(OpenApiParameters.REFERENCE + name))
			.toList();
	}

	private RequestBody body(Operation operation, Class<?> type, Components components) {
		ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(type)).referencedSchemas
			.forEach(components::addSchemas);
		var media = new Content();
		Stream.of(JSON, YAML)
			.forEach(
					mediaType -> media.addMediaType(mediaType, new MediaType().schema(OpenApiSchemas.reference(type))));
		texts.addExamples(operation.getOperationId(), "request", media);
		return new RequestBody().content(media).required(type != ListFilter.class);
	}

	private void complete(ApiResponse response, String operation, String status) {
		var headers = Stream.of(RequestFilter.REQUEST_ID);
		if (HttpStatus.valueOf(Integer.parseInt(status)).isError()) {
			response.setContent(OpenApiResponses.problem());
			headers = Stream.of(RequestFilter.REQUEST_ID, Problem.ERROR_TYPE);
		}
		else if (response.getDescription().equals(SAID_NOTHING)) {
			response.setDescription(descriptionOf(response));
		}
		OpenApiResponses.addHeaders(response, Stream.concat(headers, headersOf(operation, status)));
		response.getContent()
			.computeIfPresent(EVENTS, (_, _) -> new MediaType().schema(OpenApiSchemas.typed("string")
				.description("Server-sent events: `workflow`, with the members of Workflow; `change`, with those of "
						+ "WorkflowHistoryItem; `end`, with Phase and Status. Lines that begin with a colon only "
						+ "show that the stream lives.")));
		texts.addExamples(operation, status, response.getContent());
	}

	/** That of its schema, where there is nothing more to be said. */
	private String descriptionOf(ApiResponse response) {
		var reference = response.getContent().values().iterator().next().getSchema().get$ref();
		var text = texts.ofSchemas().get(reference.substring(Components.COMPONENTS_SCHEMAS_REF.length()));
		return (text == null || text.description() == null) ? SAID_NOTHING : text.description();
	}

	private static Stream<String> headersOf(String operation, String status) {
		return switch (operation + " " + status) {
			case "CreateIntegrationWorkflow 202", "RetryWorkflow 202" ->
				Stream.of(HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, OpenApiResponses.IDEMPOTENCY_REPLAYED);
			case "GetWorkflow 200" -> Stream.of(HttpHeaders.ETAG, Prefer.APPLIED, WorkflowStreams.UNBUFFERED);
			default -> Stream.empty();
		};
	}

	private static ApiResponse nothingMore() {
		var response = new ApiResponse()
			.description("To a stream that is asked for again: the workflow has ended, and all of it was told.");
		OpenApiResponses.addHeaders(response, Stream.of(RequestFilter.REQUEST_ID));
		return response;
	}

	private static ApiResponse notModified() {
		var response = new ApiResponse().description("The workflow has not changed since.");
		OpenApiResponses.addHeaders(response, Stream.of(RequestFilter.REQUEST_ID, HttpHeaders.ETAG, Prefer.APPLIED));
		return response;
	}

	private Stream<HttpStatus> shared(Operation operation, boolean hasDocument) {
		var names = operation.getParameters().stream().map(Parameter::get$ref).toList();
		var namesAWorkflow = Stream.of("WorkflowId", "resourceArn")
			.anyMatch(name -> names.contains(OpenApiParameters.REFERENCE + name));
		var namesADomain = names.contains(OpenApiParameters.REFERENCE + "DomainName");
		return Stream.of(OpenApiResponses.ALWAYS, only(callersSayWhoTheyAre, OpenApiResponses.OF_CALLERS),
				only(callersSayWhoTheyAre && namesADomain, OpenApiResponses.OF_A_DOMAIN),
				only(namesAWorkflow, OpenApiResponses.OF_A_WORKFLOW), only(hasDocument, OpenApiResponses.OF_A_DOCUMENT))
			.flatMap(List::stream);
	}

	private static List<HttpStatus> only(boolean where, List<HttpStatus> statuses) {
		return where ? statuses : List.of();
	}

}
