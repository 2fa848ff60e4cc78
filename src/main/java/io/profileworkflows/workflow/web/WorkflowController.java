package io.profileworkflows.workflow.web;

import java.time.Clock;
import java.util.List;

import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Flag;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.IfMatch;
import io.profileworkflows.http.ImportSinceParameter;
import io.profileworkflows.http.Paging;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.preflight.Finding;
import io.profileworkflows.preflight.Preflight;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.Admission;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Workflows;
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
@RestController
@RequestMapping(path = "/domains/{domainName}/workflows",
		produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class WorkflowController {

	static final String CONFIRM_ADOPTED = "confirm-adopted";

	private static final String DRY_RUN = "dry-run";

	private final Workflows workflows;

	private final Documents documents;

	private final Admission admission;

	private final Preflight preflight;

	private final AcceptedAnswers answers;

	private final Clock clock;

	WorkflowController(Workflows workflows, Documents documents, Admission admission, Preflight preflight,
			AcceptedAnswers answers, Clock clock) {
		this.workflows = workflows;
		this.admission = admission;
		this.preflight = preflight;
		this.documents = documents;
		this.answers = answers;
		this.clock = clock;
	}

	@Requires(value = Role.SUBMITTER, makesOnce = true)
	@PostMapping(name = "CreateIntegrationWorkflow", path = "/integrations")
	ResponseEntity<?> create(@PathVariable String domainName,
			@Holds(CreateIntegrationWorkflow.class) RequestDocument document,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestHeader(name = "amz-sdk-invocation-id", required = false) @Nullable String invocationId,
			@RequestParam(name = DRY_RUN, required = false) @Nullable String dryRun,
			@RequestParam(name = ImportSinceParameter.NAME, required = false) @Nullable String importSince,
			HttpServletRequest http) {
		PathParts.domainName(domainName);
		IfMatch.requireNone(http);
		var isDryRun = Flag.of(DRY_RUN, dryRun);
		var history = ImportSinceParameter.read(importSince, clock.instant());
		var caller = Caller.current();
		var idempotencyKey = RequestKeys.of(key, invocationId, caller);
		var checked = documents.readRequest(document, domainName, history);
		if (isDryRun) {
			var allowed = admission.check(checked);
			var request = allowed.value();
			var findings = (request != null) ? preflight.look(request) : List.<Finding>of();
			return ResponseEntity.ok(DryRunView.of(allowed, findings, history));
		}
		return answers.to(admission.admit(checked, caller.name(), idempotencyKey, history));
	}

	@Requires(Role.READER)
	@GetMapping(name = "GetWorkflowSteps", path = "/{workflowId}/steps")
	StepListView steps(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		PathParts.domainName(domainName);
		var paging = Paging.of(maxResults, nextToken);
		var id = WorkflowIdPart.of(workflowId);
		var list = "steps of " + id;
		var offset = paging.offset(list);
		workflows.require(domainName, id);
		var steps = workflows.stepsOf(id, offset, paging.maxResults() + 1);
		return new StepListView(workflowId, WorkflowView.TYPE,
				paging.page(steps).stream().map(StepListView.Item::of).toList(),
				paging.next(list, steps, _ -> offset + paging.maxResults()));
	}

	@Requires(Role.READER)
	@GetMapping(name = "GetWorkflowHistory", path = "/{workflowId}/history")
	HistoryView history(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		PathParts.domainName(domainName);
		var paging = Paging.of(maxResults, nextToken);
		var id = WorkflowIdPart.of(workflowId);
		var list = "history of " + id;
		var offset = paging.offset(list);
		workflows.require(domainName, id);
		var entries = workflows.historyOf(id, offset, paging.maxResults() + 1);
		return new HistoryView(workflowId, paging.page(entries).stream().map(HistoryView.Item::of).toList(),
				paging.next(list, entries, HistoryEntry::id));
	}

	@Requires(Role.SUBMITTER)
	@DeleteMapping(name = "DeleteWorkflow", path = "/{workflowId}")
	ResponseEntity<DeletedView> delete(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = CONFIRM_ADOPTED, required = false) @Nullable String confirmAdopted,
			HttpServletRequest http) {
		PathParts.domainName(domainName);
		var isConfirmed = Flag.of(CONFIRM_ADOPTED, confirmAdopted);
		var caller = Caller.current();
		var isAtAws = workflows.delete(domainName, WorkflowIdPart.of(workflowId), caller.name(),
				isConfirmed && caller.may(Role.OPERATOR, domainName), EntityTags.precondition(http));
		return ResponseEntity.ok(DeletedView.of(isAtAws));
	}

}
