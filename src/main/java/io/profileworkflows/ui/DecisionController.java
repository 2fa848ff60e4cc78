package io.profileworkflows.ui;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.profileworkflows.flows.FlowCommands;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.submission.Operators;
import io.profileworkflows.submission.Operators.Decision;
import io.profileworkflows.submission.web.AdoptionBody;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.ChangedMeanwhile;
import io.profileworkflows.workflow.Precondition;
import io.profileworkflows.workflow.Retries;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import io.profileworkflows.workflow.web.TagsBody;
import io.profileworkflows.workflow.web.WorkflowIdPart;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Asks people for a reason, tells them what will happen at AWS, and then has it done, by
 * what the API has it done by.
 */
@Controller
@RequestMapping("/ui/domains/{domainName}/workflows/{workflowId}")
class DecisionController {

	private static final String BACK = "redirect:%s?did=%s";

	private final Workflows workflows;

	private final Operators operators;

	private final Retries retries;

	private final FlowCommands flows;

	private final Forms forms;

	private final TransactionOperations transactions;

	DecisionController(Workflows workflows, Operators operators, Retries retries, FlowCommands flows, Forms forms,
			TransactionOperations transactions) {
		this.workflows = workflows;
		this.operators = operators;
		this.retries = retries;
		this.flows = flows;
		this.forms = forms;
		this.transactions = transactions;
	}

	@Requires(Role.OPERATOR)
	@GetMapping(name = "Page.AskOperator", path = "/{deed:adopt|resubmit|give-up|start-flow|stop-flow}")
	String askOperator(@PathVariable String domainName, @PathVariable String workflowId, @PathVariable String deed,
			@RequestParam(name = "candidate", defaultValue = "") String candidate, Model model) {
		return ask(domainName, workflowId, deed, candidate, model);
	}

	@Requires(Role.SUBMITTER)
	@GetMapping(name = "Page.AskSubmitter", path = "/{deed:retry|delete}")
	String askSubmitter(@PathVariable String domainName, @PathVariable String workflowId, @PathVariable String deed,
			Model model) {
		return ask(domainName, workflowId, deed, "", model);
	}

	private String ask(String domainName, String workflowId, String path, String candidate, Model model) {
		var workflow = workflows.require(PathParts.domainName(domainName), WorkflowIdPart.of(workflowId));
		var deed = Deed.at(path);
		model.addAttribute("workflow", workflow);
		model.addAttribute("state", Words.of(workflow));
		model.addAttribute("mark", Mark.of(workflow));
		model.addAttribute("href", Row.hrefOf(workflow));
		model.addAttribute("deed", deed);
		model.addAttribute("isPossible", deed.isPossible(workflow));
		model.addAttribute("consequence", deed.consequence(workflow));
		model.addAttribute("takesAdopted", deed.takesAdopted(workflow));
		model.addAttribute("key", UUID.randomUUID().toString());
		model.addAttribute("candidate", candidate);
		return "ui/decide";
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.AdoptWorkflow", path = "/adopt")
	String adopt(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "candidate", defaultValue = "") String candidate,
			@RequestParam(name = "reason", defaultValue = "") String reason) {
		var body = forms.read(Map.of("RemoteWorkflowId", candidate, "Reason", reason.strip()), AdoptionBody.class);
		return carryOut(Deed.ADOPT, domainName, workflowId, id -> operators.adopt(domainName, id,
				body.remoteWorkflowId(), new Decision(Caller.current().name(), body.reason())));
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.ResubmitWorkflow", path = "/resubmit")
	String resubmit(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "reason", defaultValue = "") String reason) {
		var decision = decision(reason);
		return carryOut(Deed.RESUBMIT, domainName, workflowId, id -> operators.resubmit(domainName, id, decision));
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.GiveUpWorkflow", path = "/give-up")
	String giveUp(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "reason", defaultValue = "") String reason) {
		var decision = decision(reason);
		return carryOut(Deed.GIVE_UP, domainName, workflowId, id -> operators.giveUp(domainName, id, decision));
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.StartFlow", path = "/start-flow")
	String startFlow(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "reason", defaultValue = "") String reason,
			@RequestParam(name = "key", defaultValue = "") String key) {
		var decision = decision(reason);
		return carryOut(Deed.START_FLOW, domainName, workflowId,
				id -> flows.start(domainName, id, key, decision.actor(), decision.reason()));
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.StopFlow", path = "/stop-flow")
	String stopFlow(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "reason", defaultValue = "") String reason) {
		var decision = decision(reason);
		return carryOut(Deed.STOP_FLOW, domainName, workflowId,
				id -> flows.stop(domainName, id, decision.actor(), decision.reason()));
	}

	@Requires(Role.SUBMITTER)
	@PostMapping(name = "Page.DeleteWorkflow", path = "/delete")
	String delete(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "reason", defaultValue = "") String reason,
			@RequestParam(name = "phase", defaultValue = "") String phase,
			@RequestParam(name = "adopted", required = false) @Nullable String adopted) {
		var decision = decision(reason);
		return carryOut(Deed.DELETE, domainName, workflowId, id -> noted(id, decision, () -> workflows
			.delete(domainName, id, decision.actor(), isConfirmed(adopted, domainName), still(phase))));
	}

	@Requires(Role.SUBMITTER)
	@PostMapping(name = "Page.RetryWorkflow", path = "/retry")
	String retry(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "reason", defaultValue = "") String reason,
			@RequestParam(name = "phase", defaultValue = "") String phase,
			@RequestParam(name = "adopted", required = false) @Nullable String adopted) {
		var decision = decision(reason);
		var id = WorkflowIdPart.of(workflowId);
		var retry = noted(id, decision, () -> retries.retry(PathParts.domainName(domainName), id, decision.actor(),
				isConfirmed(adopted, domainName), still(phase)));
		return BACK.formatted(Row.hrefOf(retry.workflow()), Told.RETRY);
	}

	@Requires(Role.SUBMITTER)
	@PostMapping(name = "Page.TagWorkflow", path = "/tags")
	String tag(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "key", defaultValue = "") String key,
			@RequestParam(name = "value", defaultValue = "") String value) {
		var body = forms.read(Map.of("tags", Map.of(key.strip(), value.strip())), TagsBody.class);
		return retag(domainName, workflowId, body::addTo);
	}

	@Requires(Role.SUBMITTER)
	@PostMapping(name = "Page.UntagWorkflow", path = "/untag")
	String untag(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "key", defaultValue = "") String key) {
		return retag(domainName, workflowId, tags -> tags.remove(key));
	}

	private String retag(String domainName, String workflowId, Consumer<Map<String, String>> change) {
		var workflow = workflows.require(PathParts.domainName(domainName), WorkflowIdPart.of(workflowId));
		workflows.retag(workflow.id(), Caller.current().name(), change);
		return BACK.formatted(Row.hrefOf(workflow), Told.TAGS);
	}

	private static String carryOut(Deed deed, String domainName, String workflowId, Consumer<WorkflowId> action) {
		var id = WorkflowIdPart.of(workflowId);
		action.accept(id);
		return BACK.formatted("/ui/domains/%s/workflows/%s".formatted(PathParts.domainName(domainName), id),
				Told.valueOf(deed.name()));
	}

	private Decision decision(String reason) {
		return new Decision(Caller.current().name(), forms.reason(reason));
	}

	/** Deletions and retries keep no reason themselves. */
	private <T> T noted(WorkflowId id, Decision decision, Supplier<T> change) {
		return Objects.requireNonNull(transactions.execute(_ -> {
			var changed = change.get();
			workflows.note(id, Cause.of(decision.actor(), "Reason given: " + decision.reason()));
			return changed;
		}));
	}

	private static boolean isConfirmed(@Nullable String adopted, String domainName) {
		return adopted != null && Caller.current().may(Role.OPERATOR, domainName);
	}

	/** What was told of AWS holds for the phase that it was told of. */
	private static Precondition still(String phase) {
		return workflow -> {
			if (!isIn(workflow, phase)) {
				throw new ChangedMeanwhile(
						"Workflow %s is %s by now; look at it again".formatted(workflow.id(), workflow.phase()));
			}
		};
	}

	private static boolean isIn(Workflow workflow, String phase) {
		return workflow.phase().name().equals(phase);
	}

}
