package io.profileworkflows.ui;

import java.io.IOException;
import java.util.List;

import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.flows.Runs;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.watching.Snapshots;
import io.profileworkflows.watching.web.WorkflowStreams;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.StateInWords;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import io.profileworkflows.workflow.web.WorkflowIdPart;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * One workflow: how far it is, why, what happened to it, and what can be done about it.
 */
@Controller
@RequestMapping("/ui/domains/{domainName}/workflows/{workflowId}")
class DetailController {

	/** More is at the API. */
	private static final int MOST = 200;

	private static final int RUNS = 40;

	private final Workflows workflows;

	private final Snapshots snapshots;

	private final Runs runs;

	private final WorkflowStreams streams;

	private final Deployment deployment;

	private final JsonMapper json;

	DetailController(Workflows workflows, Snapshots snapshots, Runs runs, WorkflowStreams streams,
			Deployment deployment, JsonMapper json) {
		this.workflows = workflows;
		this.snapshots = snapshots;
		this.runs = runs;
		this.streams = streams;
		this.deployment = deployment;
		this.json = json;
	}

	@Requires(Role.READER)
	@GetMapping(name = "Page.Workflow")
	String show(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "did", required = false) @Nullable String did, Model model) {
		var id = WorkflowIdPart.of(workflowId);
		var snapshot = snapshots.of(PathParts.domainName(domainName), id);
		var workflow = snapshot.workflow();
		var viewer = new Viewer(Caller.current());
		model.addAttribute("did", Told.find(did));
		model.addAttribute("workflow", workflow);
		model.addAttribute("href", Row.hrefOf(workflow));
		model.addAttribute("mark", Mark.of(workflow));
		model.addAttribute("state", Words.of(workflow));
		model.addAttribute("says", StateInWords.of(workflow, snapshot.pause()));
		model.addAttribute("isLive", !snapshot.isFinal());
		model.addAttribute("arn", workflow.arn(deployment));
		model.addAttribute("deeds", Deed.offered(workflow, viewer));
		model.addAttribute("candidates",
				(workflow.phase() == Phase.NEEDS_REVIEW) ? workflows.candidatesOf(workflow) : List.of());
		model.addAttribute("warnings", workflows.warningsOf(workflow));
		model.addAttribute("steps", workflows.stepsOf(id, 0, MOST));
		model.addAttribute("history", workflows.historyOf(id, 0, MOST).reversed());
		model.addAttribute("flow", workflow.flow());
		model.addAttribute("flowMark", (workflow.flow() != null) ? Mark.of(workflow.flow().health()) : null);
		model.addAttribute("chart", RunChart.of(runs.of(id, 0, RUNS)));
		model.addAttribute("request", requestFor(viewer, workflow));
		return "ui/workflow";
	}

	/** Confidential: no more than those see who may send such a request. */
	private @Nullable String requestFor(Viewer viewer, Workflow workflow) {
		return viewer.maySubmitTo(workflow.domainName())
				? json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(workflow.request())) : null;
	}

	/** Tells an open page when it should be asked for again. */
	@Requires(Role.READER)
	@GetMapping(name = "Page.WorkflowChanges", path = "/changes")
	void changes(@PathVariable String domainName, @PathVariable String workflowId, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		streams.stream(PathParts.domainName(domainName), WorkflowIdPart.of(workflowId), request, response);
	}

}
