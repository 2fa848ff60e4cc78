package io.profileworkflows.flows.web;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.profileworkflows.flows.FlowCommandUnsettled;
import io.profileworkflows.flows.FlowCommands;
import io.profileworkflows.flows.FlowCommands.Carried;
import io.profileworkflows.flows.Runs;
import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.Paging;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.http.ReasonBody;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.Workflows;
import io.profileworkflows.workflow.web.WorkflowIdPart;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The flow that a complete workflow left at AppFlow: its runs, and what operators tell
 * it.
 */
@RestController
@RequestMapping(path = "/domains/{domainName}/workflows/{workflowId}",
		produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class FlowController {

	/** What AppFlow takes for a client token. */
	private static final Pattern CLIENT_TOKEN = Pattern.compile("[ -~]{1,256}");

	private final Workflows workflows;

	private final Runs runs;

	private final FlowCommands commands;

	private final Documents documents;

	FlowController(Workflows workflows, Runs runs, FlowCommands commands, Documents documents) {
		this.workflows = workflows;
		this.runs = runs;
		this.commands = commands;
		this.documents = documents;
	}

	/** GetWorkflowRuns: the runs of the flow that were seen, the latest first. */
	@Requires(Role.READER)
	@GetMapping(name = "GetWorkflowRuns", path = "/runs")
	RunListView runs(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		PathParts.domainName(domainName);
		var paging = Paging.of(maxResults, nextToken);
		var id = WorkflowIdPart.of(workflowId);
		var list = "runs of " + id;
		var offset = paging.offset(list);
		workflows.require(domainName, id);
		var seen = runs.of(id, offset, paging.maxResults() + 1);
		return new RunListView(workflowId, paging.page(seen).stream().map(RunListView.Item::of).toList(),
				paging.next(list, seen, _ -> offset + paging.maxResults()));
	}

	/** StartFlow: activates the flow, or runs one that runs on demand. */
	@Requires(Role.OPERATOR)
	@PostMapping(name = "StartFlow", path = "/flow/start")
	CommandView start(@PathVariable String domainName, @PathVariable String workflowId,
			@Holds(ReasonBody.class) RequestDocument document,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestHeader(name = "amz-sdk-invocation-id", required = false) @Nullable String invocationId) {
		var reason = reasonIn(document);
		var token = tokenOf((key != null) ? key : invocationId);
		return carry(workflowId, () -> commands.start(PathParts.domainName(domainName), WorkflowIdPart.of(workflowId),
				token, Caller.current().name(), reason));
	}

	/** StopFlow: deactivates the flow. */
	@Requires(Role.OPERATOR)
	@PostMapping(name = "StopFlow", path = "/flow/stop")
	CommandView stop(@PathVariable String domainName, @PathVariable String workflowId,
			@Holds(ReasonBody.class) RequestDocument document) {
		var reason = reasonIn(document);
		return carry(workflowId, () -> commands.stop(PathParts.domainName(domainName), WorkflowIdPart.of(workflowId),
				Caller.current().name(), reason));
	}

	private String reasonIn(RequestDocument document) {
		return documents.read(document, ReasonBody.class).require().reason();
	}

	/** The caller's key, so that the same command sent twice is one to AppFlow, too. */
	private static String tokenOf(@Nullable String key) {
		return (key != null && CLIENT_TOKEN.matcher(key).matches()) ? key : UUID.randomUUID().toString();
	}

	private static CommandView carry(String workflowId, Supplier<Carried> command) {
		try {
			return CommandView.of(workflowId, command.get());
		}
		catch (FlowCommandUnsettled failure) {
			var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, failure.getMessage());
			throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, failure);
		}
	}

}
