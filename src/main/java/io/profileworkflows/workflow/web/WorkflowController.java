package io.profileworkflows.workflow.web;

import java.util.List;
import java.util.Set;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.preflight.Preflight;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.Admission;
import io.profileworkflows.workflow.IdempotencyKey;
import io.profileworkflows.workflow.Search;
import io.profileworkflows.workflow.WorkflowQuery;
import io.profileworkflows.workflow.Workflows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Customer Profiles' workflow operations, on AWS's own paths.
 */
@Tag(name = OpenApiDescription.WORKFLOWS)
@RestController
@RequestMapping(path = "/domains/{domainName}/workflows",
		produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class WorkflowController {

	private final Workflows workflows;

	private final Search search;

	private final Documents documents;

	private final Admission admission;

	private final Preflight preflight;

	private final AcceptedAnswers answers;

	WorkflowController(Workflows workflows, Search search, Documents documents, Admission admission,
			Preflight preflight, AcceptedAnswers answers) {
		this.workflows = workflows;
		this.admission = admission;
		this.preflight = preflight;
		this.search = search;
		this.documents = documents;
		this.answers = answers;
	}

	@Operation(operationId = "CreateIntegrationWorkflow", summary = "Asks for a workflow", description = """
			Checks the request and stores it, answers at once, and from then on sees to it that exactly one workflow \
			is made at AWS. Nothing needs to be sent again: `GetWorkflow` tells how far it is.

			To ask twice is safe: the same request is answered with the same workflow. An `Idempotency-Key` makes \
			that certain, whatever becomes of the first.""")
	@ApiResponse(responseCode = "202",
			description = "The workflow is accepted, now or by an earlier request like this one.",
			content = @Content(schema = @Schema(implementation = CreatedView.class)))
	@ApiResponse(responseCode = "200", description = "What a dry run found, at AWS, too. Nothing was stored.",
			content = @Content(schema = @Schema(implementation = DryRunView.class)))
	@ApiResponse(responseCode = "403",
			description = "The domain may not use a role, key or connector profile that the request names.")
	@ApiResponse(responseCode = "409",
			description = "Another workflow has this FlowName, which AppFlow knows only once.")
	@ApiResponse(responseCode = "422", description = "The idempotency key was used with another request.")
	@Requires(Role.SUBMITTER)
	@PostMapping("/integrations")
	ResponseEntity<?> create(@PathVariable String domainName,
			@Holds(CreateIntegrationWorkflow.class) RequestDocument document,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestHeader(name = "amz-sdk-invocation-id", required = false) @Nullable String invocationId,
			@RequestParam(name = "dry-run", defaultValue = "false") boolean dryRun) {
		PathParts.domainName(domainName);
		var caller = Caller.current();
		var idempotencyKey = keyOf(key, invocationId, caller);
		var checked = documents.readRequest(document, domainName);
		if (dryRun) {
			var allowed = admission.check(checked);
			var request = allowed.value();
			return ResponseEntity.ok(DryRunView.of(allowed, (request != null) ? preflight.look(request) : List.of()));
		}
		return answers.to(admission.admit(checked, caller.name(), idempotencyKey));
	}

	@Operation(operationId = "GetWorkflowSteps", summary = "Lists the steps of a workflow",
			description = "As AWS told them last. There are none before the workflow is made at AWS.")
	@Requires(Role.READER)
	@GetMapping("/{workflowId}/steps")
	StepListView steps(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		PathParts.domainName(domainName);
		var paging = Paging.of(maxResults, nextToken);
		var id = PathParts.workflowId(workflowId);
		workflows.require(domainName, id);
		var steps = workflows.stepsOf(id, paging.offset(), paging.maxResults() + 1);
		return new StepListView(workflowId, WorkflowView.TYPE,
				paging.page(steps).stream().map(StepListView.Item::of).toList(),
				paging.hasMore(steps) ? Long.toString(paging.offset() + paging.maxResults()) : null);
	}

	@Operation(operationId = "GetWorkflowHistory", summary = "Tells what happened to a workflow",
			description = "Every change, oldest first: when, from where to where, why, and by whom.")
	@Requires(Role.READER)
	@GetMapping("/{workflowId}/history")
	HistoryView history(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		PathParts.domainName(domainName);
		var paging = Paging.of(maxResults, nextToken);
		var id = PathParts.workflowId(workflowId);
		workflows.require(domainName, id);
		var entries = workflows.historyOf(id, paging.offset(), paging.maxResults() + 1);
		var page = paging.page(entries);
		return new HistoryView(workflowId, page.stream().map(HistoryView.Item::of).toList(),
				paging.hasMore(entries) ? Long.toString(page.getLast().id()) : null);
	}

	@Operation(operationId = "ListWorkflows", summary = "Lists the workflows of a domain",
			description = "As at AWS: newest first, with the filters in the body. An empty body lists all.")
	@Requires(Role.READER)
	@PostMapping
	WorkflowListView list(@PathVariable String domainName, @Holds(ListFilter.class) RequestDocument document,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		PathParts.domainName(domainName);
		var body = document.orNoMembers();
		var filter = documents.read(body, ListFilter.class).require();
		return page(filter.toQuery(domainName, readable()), Paging.of(maxResults, nextToken));
	}

	/** ListWorkflows for people: the filters in the query instead of a body. */
	@Operation(operationId = "BrowseWorkflows", summary = "Lists the workflows of a domain, for people",
			description = "ListWorkflows with its filters and those of a search in the query, where a browser can have them.")
	@Requires(Role.READER)
	@GetMapping
	WorkflowListView browse(@PathVariable String domainName,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken, HttpServletRequest http) {
		PathParts.domainName(domainName);
		return page(SearchParameters.inDomain(http.getParameterMap()).toQuery(Set.of(domainName), readable()),
				Paging.of(maxResults, nextToken));
	}

	@Operation(operationId = "DeleteWorkflow", summary = "Deletes a workflow", description = """
			Before it was sent to AWS the workflow is cancelled. Later it is deleted at AWS in the background: its \
			Phase is DELETING, then DELETED. While it is uncertain whether AWS made it, the wish is remembered.""")
	@ApiResponse(responseCode = "200", description = "It is deleted, or will be.")
	@ApiResponse(responseCode = "409",
			description = "The workflow was adopted, and nobody who may has confirmed its deletion.")
	@Requires(Role.SUBMITTER)
	@DeleteMapping("/{workflowId}")
	ResponseEntity<NoMembers> delete(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "confirm-adopted", defaultValue = "false") boolean confirmAdopted) {
		PathParts.domainName(domainName);
		var caller = Caller.current();
		workflows.delete(domainName, PathParts.workflowId(workflowId), caller.name(),
				confirmAdopted && caller.may(Role.OPERATOR, domainName));
		return ResponseEntity.ok(new NoMembers());
	}

	private static Wildcards readable() {
		return Caller.current().domains(Role.READER);
	}

	private WorkflowListView page(WorkflowQuery query, Paging paging) {
		return WorkflowListView.of(search.find(query, paging.cursor(query), paging.maxResults()), query);
	}

	private static @Nullable IdempotencyKey keyOf(@Nullable String key, @Nullable String invocationId, Caller caller) {
		var chosen = keyOf(key, invocationId);
		return (chosen != null && caller.isSigning()) ? chosen.ofSigningCaller() : chosen;
	}

	private static @Nullable IdempotencyKey keyOf(@Nullable String key, @Nullable String invocationId) {
		if (key != null) {
			if (key.isBlank() || key.length() > IdempotencyKey.LONGEST) {
				throw new BadParameter("Idempotency-Key", "must be 1 to " + IdempotencyKey.LONGEST + " characters");
			}
			return IdempotencyKey.chosen(key);
		}
		if (invocationId != null && !invocationId.isBlank() && invocationId.length() <= IdempotencyKey.LONGEST) {
			return IdempotencyKey.ofInvocation(invocationId);
		}
		return null;
	}

}
