package io.profileworkflows.workflow.web;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.integration.DomainName;
import io.profileworkflows.integration.SourceConnectorType;
import io.profileworkflows.workflow.IdempotencyKey;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.WorkflowId;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * Every parameter of the API. Those with the same name are the same everywhere. Optional
 * ones have their examples in the schema, from where the page does not fill them in.
 */
final class OpenApiParameters {

	static final String REFERENCE = "#/components/parameters/";

	private static final String WORKFLOW_ID = "019ab4f1c7e87d3a9f0e2b6c5d4a3f21";

	private static final String ARN = "arn:aws:profile:eu-central-1:123456789012:domains/retail/workflows/"
			+ WORKFLOW_ID;

	private static final String A_TIME = "Text such as `2031-01-01T00:00:00Z`, or whole seconds since 1970. Inclusive.";

	private final OpenApiTexts texts;

	OpenApiParameters(OpenApiTexts texts) {
		this.texts = texts;
	}

	Map<String, Parameter> all() {
		return Stream.of(ofPaths(), ofPaging(), ofHeaders(), ofSearches(), ofSingleOperations())
			.flatMap(Function.identity())
			.collect(Collectors.toMap(Parameter::getName, Function.identity()));
	}

	/**
	 * What operations read from the request by hand, so that no signature has it.
	 */
	static List<String> readByHand(@Nullable String operation) {
		return switch (operation) {
			case "SearchWorkflows" -> ofSearches().map(Parameter::getName).toList();
			case "BrowseWorkflows" -> ofSearches().map(Parameter::getName)
				.filter(name -> !SearchParameters.NOT_IN_A_DOMAIN.contains(name))
				.toList();
			case "UntagResource" -> List.of("tagKeys");
			case "GetWorkflow" -> List.of(HttpHeaders.IF_NONE_MATCH, Prefer.HEADER, WorkflowStreams.LAST_EVENT_ID);
			case null, default -> List.of();
		};
	}

	/**
	 * The name of a variable in a path as AWS spells it, {@code DomainName}, though not
	 * that of an ARN.
	 */
	static String wireNameOf(String variable) {
		return Objects.equals(variable, "resourceArn") ? variable : StringUtils.capitalize(variable);
	}

	private Stream<Parameter> ofPaths() {
		return Stream.of(
				inPath("DomainName", "The domain that profiles are collected in.", "retail",
						matching(DomainName.PATTERN)),
				inPath("WorkflowId", "The id that CreateIntegrationWorkflow answered.", WORKFLOW_ID,
						matching(WorkflowId.PATTERN)),
				inPath("resourceArn",
						"The `Arn` of a workflow. In the path it is one segment, percent-encoded, with `%2F` for each slash; this page sees to that.",
						texts.here(ARN),
						matching("arn:[a-z0-9]{1,10}:profile:.*").maxLength(TagController.LONGEST_ARN)));
	}

	private static Stream<Parameter> ofPaging() {
		return Stream.of(
				inQuery("max-results", "The most items in one answer.",
						OpenApiSchemas.withDefault(such(OpenApiSchemas.typed("integer"), 20), Paging.MOST)
							.minimum(BigDecimal.ONE)
							.maximum(BigDecimal.valueOf(Paging.MOST))),
				inQuery("next-token",
						"`NextToken` of the previous answer, to the same question. Absent for the first page.",
						such(text(), "MTAw").minLength(1).maxLength(Paging.LONGEST_TOKEN)));
	}

	private static Stream<Parameter> ofHeaders() {
		return Stream.of(inHeader("Idempotency-Key",
				"Any text of your choice that names this request, such as a UUID. The same key with the same "
						+ "request is answered with the same workflow, for 7 days; with another request it is "
						+ "refused with 422.",
				such(text(), "0f8f2d0e-2c1b-4a7e-9d53-6b0c5a1e7f42").minLength(1).maxLength(IdempotencyKey.LONGEST)),
				inHeader("amz-sdk-invocation-id",
						"What AWS's SDKs and CLI send and keep across their own retries. It does what an "
								+ "Idempotency-Key does, where there is none.",
						such(text(), "3c5b1a52-9b7e-4a51-8d0e-1c2f3a4b5c6d")),
				inHeader(HttpHeaders.IF_NONE_MATCH,
						"The `ETag` of an earlier answer: nothing but 304 is sent until the workflow has changed.",
						such(text(), "\"3\"")),
				inHeader(Prefer.HEADER,
						"`wait=` and the seconds (at most %d, more count as so many) to wait for a change: from what `If-None-Match` names, or else from now on. A workflow that has ended is answered at once. After a wait without change the answer is what it would have been before."
							.formatted(Prefer.LONGEST_WAIT.toSeconds()),
						such(text(), "wait=50")),
				inHeader(WorkflowStreams.LAST_EVENT_ID,
						"For a stream of events: the id of the last one that came, to go on behind it. Browsers send it by themselves.",
						such(text().pattern("^\\d+$"), "4711")));
	}

	private static Stream<Parameter> ofSearches() {
		return Stream.of(
				inQuery(SearchParameters.STATUS, "With one of these Statuses. May be given several times.",
						severalOf(OpenApiSchemas.reference(Status.class), Status.IN_PROGRESS)),
				inQuery(SearchParameters.PHASE, "In one of these Phases. May be given several times.",
						severalOf(OpenApiSchemas.reference(Phase.class), Phase.NEEDS_REVIEW)),
				inQuery(SearchParameters.TAG,
						"With all of these tags: key and value with a colon between them. May be given several times.",
						severalOf(text().pattern("^.+:"), "team:crm")),
				inQuery(SearchParameters.FLOW_NAME, "With a FlowName that begins so.",
						such(text(), "retail-salesforce").minLength(1)),
				inQuery(SearchParameters.CONNECTOR, "From one of these sources. May be given several times.",
						severalOf(OpenApiSchemas.reference(SourceConnectorType.class), SourceConnectorType.Salesforce)),
				inQuery(SearchParameters.REQUESTER, "Asked for by this caller, in full.",
						such(text(), "crm-team").minLength(1)),
				inQuery(SearchParameters.DOMAIN, "In one of these domains. May be given several times.",
						severalOf(text().minLength(1), "retail")),
				inQuery(SearchParameters.CREATED_FROM, "Asked for at this time or later. " + A_TIME, time()),
				inQuery(SearchParameters.CREATED_TO, "Asked for at this time or earlier. " + A_TIME, time()),
				inQuery(SearchParameters.UPDATED_FROM, "Last changed at this time or later. " + A_TIME, time()),
				inQuery(SearchParameters.UPDATED_TO, "Last changed at this time or earlier. " + A_TIME, time()),
				inQuery(SearchParameters.SORT, "By which time they are ordered.",
						choice("created", "created", "updated")),
				inQuery(SearchParameters.ORDER, "Newest or oldest first.", choice("desc", "asc", "desc")),
				inQuery(SearchParameters.COUNTS,
						"Also counts what the filters find by Status, on all pages together. No more than 10,000 are counted.",
						OpenApiSchemas.withDefault(OpenApiSchemas.typed("boolean"), false)));
	}

	private static Stream<Parameter> ofSingleOperations() {
		return Stream.of(inQuery("dry-run",
				"Only says what is wrong with the request, what is worth a warning, and whether what it names is there at "
						+ "AWS. Stores nothing.",
				OpenApiSchemas.withDefault(OpenApiSchemas.typed("boolean"), false)),
				inQuery("confirm-adopted",
						"Deletes at AWS even what was not created but found there and taken for this workflow "
								+ "(`Provenance` ADOPTED). Only operators may.",
						OpenApiSchemas.withDefault(OpenApiSchemas.typed("boolean"), false)),
				inQuery("tagKeys", "The keys of the tags to remove. Given once for each.",
						severalOf(text(), "cost-center").minItems(1).maxItems(TagsBody.MOST))
					.required(true)
					.example(List.of("cost-center")));
	}

	private static Parameter inPath(String name, String description, String example, Schema<?> schema) {
		return parameter("path", name, description, schema).required(true).example(example);
	}

	private static Parameter inQuery(String name, String description, Schema<?> schema) {
		return parameter("query", name, description, schema);
	}

	private static Parameter inHeader(String name, String description, Schema<?> schema) {
		return parameter("header", name, description, schema);
	}

	private static Parameter parameter(String in, String name, String description, Schema<?> schema) {
		return new Parameter().in(in).name(name).description(description).schema(schema);
	}

	private static Schema<?> text() {
		return OpenApiSchemas.typed("string");
	}

	private static Schema<?> time() {
		return such(text(), "2031-01-01T00:00:00Z");
	}

	private static Schema<?> choice(String usual, String... constants) {
		return OpenApiSchemas.withDefault(OpenApiSchemas.constants(List.of(constants)), usual);
	}

	private static Schema<?> matching(String regexp) {
		var schema = text();
		OpenApiConstraints.match(regexp, schema);
		return schema;
	}

	private static Schema<?> severalOf(Schema<?> one, Object example) {
		return such(OpenApiSchemas.typed("array").items(one), List.of(example.toString()));
	}

	private static Schema<?> such(Schema<?> schema, Object example) {
		return OpenApiSchemas.withExample(schema, example);
	}

}
