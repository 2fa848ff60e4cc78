package io.profileworkflows.ui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.http.Paging;
import io.profileworkflows.operations.BulkOperation;
import io.profileworkflows.operations.BulkOrder;
import io.profileworkflows.operations.Instructions;
import io.profileworkflows.operations.ItemOutcome;
import io.profileworkflows.operations.OperationId;
import io.profileworkflows.operations.OperationItem;
import io.profileworkflows.operations.Operations;
import io.profileworkflows.operations.web.BulkTagsBody;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.search.web.SearchFilter;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Actions on all that a filter finds: chosen, previewed, started, followed and cancelled.
 */
@Controller
@RequestMapping("/ui/operations")
class OperationsController {

	private static final String ACTION = "action";

	private static final String TOKEN = "token";

	private static final String KEY = "key";

	private static final String VALUE = "value";

	private static final String REMOVED = "removed";

	private static final String ADOPTED = "adopted";

	/** Of the forms here, beside the filter. */
	private static final Set<String> FIELDS = Set.of(ACTION, TOKEN, KEY, VALUE, REMOVED, ADOPTED, "_csrf");

	private static final String PAGE = "25";

	private final Operations operations;

	private final Workflows workflows;

	private final Pauses pauses;

	private final Forms forms;

	OperationsController(Operations operations, Workflows workflows, Pauses pauses, Forms forms) {
		this.operations = operations;
		this.workflows = workflows;
		this.pauses = pauses;
		this.forms = forms;
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "Page.Operations")
	String list(@RequestParam(name = "next-token", required = false) @Nullable String nextToken, Model model) {
		var list = "operations";
		var paging = Paging.of(PAGE, nextToken);
		var found = operations.list(Caller.current(), paging.offsetBelow(list), paging.maxResults() + 1);
		model.addAttribute("operations", paging.page(found).stream().map(OperationRow::of).toList());
		model.addAttribute("next", paging.next(list, found, BulkOperation::number));
		model.addAttribute("isFirstPage", nextToken == null);
		return "ui/operations";
	}

	/** Asks what shall be done with all that a filter finds. */
	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@GetMapping(name = "Page.ChooseOperation", path = "/new")
	String choose(HttpServletRequest request, Model model) {
		var filter = filterOf(request);
		if (!filter.isFiltered()) {
			return "redirect:/ui";
		}
		SearchFilter.read(filter.toFilter(), Caller.current().domains(Role.SUBMITTER), Set.of());
		model.addAttribute("filter", filter);
		model.addAttribute("deeds", BulkDeed.values());
		return "ui/operation-new";
	}

	/** Shows on what it would be done, and asks for the last word. */
	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "Page.PreviewOperation", path = "/preview")
	String preview(HttpServletRequest request, Model model) {
		var filter = filterOf(request);
		var order = order(request, filter);
		var preview = operations.preview(order, Caller.current());
		var paused = pauses.now();
		model.addAttribute("filter", filter);
		model.addAttribute("deed", BulkDeed.of(order.action()));
		model.addAttribute("instructions", order.instructions());
		model.addAttribute("preview", preview);
		model.addAttribute("rows", preview.sample().stream().map(workflow -> Row.of(workflow, paused)).toList());
		model.addAttribute("fields", fieldsOf(request));
		return "ui/operation-preview";
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "Page.StartOperation")
	String start(HttpServletRequest request, @RequestParam(name = TOKEN, defaultValue = "") String token) {
		var previewed = OperationId.parse(token)
			.orElseThrow(() -> new BadParameter(TOKEN, "must be the one of a preview"));
		var operation = operations.start(previewed, order(request, filterOf(request)), Caller.current());
		return "redirect:/ui/operations/%s?did=%s".formatted(operation.id(), Told.OPERATION);
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "Page.Operation", path = "/{operationId}")
	String show(HttpServletRequest request, @PathVariable String operationId,
			@RequestParam(name = "outcome", required = false) @Nullable String of,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken,
			@RequestParam(name = "did", required = false) @Nullable String did, Model model) {
		var operation = operations.require(id(operationId), Caller.current());
		var outcome = outcome(of);
		var list = "items of %s, %s".formatted(operation.id(), outcome);
		var paging = Paging.of(PAGE, nextToken);
		var found = operations.items(operation.id(), outcome, paging.offset(list), paging.maxResults() + 1);
		model.addAttribute("did", Told.find(did));
		model.addAttribute("shown", OperationRow.of(operation));
		model.addAttribute("outcome", (outcome != null) ? outcome.name() : "");
		model.addAttribute("items", items(paging.page(found), operation));
		model.addAttribute("next", paging.next(list, found, OperationItem::position));
		model.addAttribute("isFirstPage", nextToken == null);
		model.addAttribute("address",
				ListAddress.of(request.getParameterMap()).without(Set.of("did")).hrefAt(request.getRequestURI()));
		return "ui/operation";
	}

	/**
	 * Of a workflow that the viewer may not read any more, or that is gone, only the id
	 * is shown.
	 */
	private List<ItemRow> items(List<OperationItem> items, BulkOperation operation) {
		var caller = Caller.current();
		var found = workflows.findAll(items.stream().map(OperationItem::workflow).toList());
		return items.stream()
			.map(item -> ItemRow.of(item, operation, readable(found.get(item.workflow()), caller)))
			.toList();
	}

	private static @Nullable Workflow readable(@Nullable Workflow workflow, Caller caller) {
		return (workflow != null && caller.may(Role.READER, workflow.domainName())) ? workflow : null;
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "Page.CancelOperation", path = "/{operationId}/cancel")
	String cancel(@PathVariable String operationId) {
		var cancelled = operations.cancel(id(operationId), Caller.current());
		return "redirect:/ui/operations/%s?did=%s".formatted(cancelled.id(), Told.CANCEL_OPERATION);
	}

	private static OperationId id(String text) {
		return OperationId.parse(text)
			.orElseThrow(() -> new BadParameter("OperationId", "must be 32 hex digits of 0-9 and a-f"));
	}

	private static ItemOutcome.@Nullable Kind outcome(@Nullable String name) {
		for (var outcome : ItemOutcome.Kind.values()) {
			if (outcome.name().equals(name)) {
				return outcome;
			}
		}
		return null;
	}

	private static ListAddress filterOf(HttpServletRequest request) {
		return ListAddress.of(request.getParameterMap()).without(FIELDS).filters();
	}

	private BulkOrder order(HttpServletRequest request, ListAddress filter) {
		var deed = BulkDeed.at(one(ACTION, request));
		return BulkOrder.of(deed.action(), filter.toFilter(), Set.of(), Caller.current(),
				() -> instructions(deed, request));
	}

	private Instructions instructions(BulkDeed deed, HttpServletRequest request) {
		if (deed != BulkDeed.TAG) {
			return Instructions.of(!one(ADOPTED, request).isEmpty());
		}
		var body = new LinkedHashMap<String, Object>();
		if (!one(KEY, request).isEmpty()) {
			body.put("Tags", Map.of(one(KEY, request), one(VALUE, request)));
		}
		if (!one(REMOVED, request).isEmpty()) {
			body.put("RemoveTags", List.of(one(REMOVED, request)));
		}
		return forms.read(body, BulkTagsBody.class).toInstructions();
	}

	/** To send the same once more. */
	private static Map<String, String> fieldsOf(HttpServletRequest request) {
		var fields = new LinkedHashMap<String, String>();
		List.of(ACTION, KEY, VALUE, REMOVED, ADOPTED).forEach(name -> fields.put(name, one(name, request)));
		fields.values().removeIf(String::isEmpty);
		return fields;
	}

	private static String one(String name, HttpServletRequest request) {
		var given = request.getParameter(name);
		return (given != null) ? given.strip() : "";
	}

	/**
	 * A workflow of an operation, with what came of it.
	 *
	 * @param href null where there is nothing to be seen
	 * @param says why it was refused
	 * @param hrefOfMade of the workflow that is another try
	 */
	record ItemRow(WorkflowId id, @Nullable String href, @Nullable String flowName, @Nullable String domainName,
			Mark mark, String state, @Nullable String says, @Nullable String hrefOfMade) {

		static ItemRow of(OperationItem item, BulkOperation operation, @Nullable Workflow workflow) {
			var outcome = item.outcome();
			var detail = (outcome != null) ? outcome.detail() : null;
			var isRefused = outcome != null && outcome.kind() == ItemOutcome.Kind.REFUSED;
			var made = (workflow != null && detail != null && !isRefused)
					? "/ui/domains/%s/workflows/%s".formatted(workflow.domainName(), detail) : null;
			return new ItemRow(item.workflow(), (workflow != null) ? Row.hrefOf(workflow) : null,
					(workflow != null) ? workflow.flowName() : null, (workflow != null) ? workflow.domainName() : null,
					markOf(outcome, operation), stateOf(outcome, operation), isRefused ? detail : null, made);
		}

		private static Mark markOf(@Nullable ItemOutcome outcome, BulkOperation operation) {
			if (outcome == null) {
				return isOver(operation) ? Mark.ENDED : Mark.WAITING;
			}
			return switch (outcome.kind()) {
				case DONE, UNCHANGED -> Mark.DONE;
				case REFUSED -> Mark.FAILED;
			};
		}

		private static String stateOf(@Nullable ItemOutcome outcome, BulkOperation operation) {
			if (outcome == null) {
				return isOver(operation) ? "Left alone" : "To come";
			}
			return switch (outcome.kind()) {
				case DONE -> "Done";
				case UNCHANGED -> "Unchanged";
				case REFUSED -> "Refused";
			};
		}

		private static boolean isOver(BulkOperation operation) {
			return operation.endedAt() != null;
		}

	}

}
