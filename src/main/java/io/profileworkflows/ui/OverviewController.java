package io.profileworkflows.ui;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.integration.SourceConnectorType;
import io.profileworkflows.pauses.PausedDomains;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.search.Search;
import io.profileworkflows.search.StatusCounts;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.search.web.SearchParameters;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.watching.web.ListStreams;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The list of workflows: what needs a person first, then what the search finds.
 */
@Controller
class OverviewController {

	/** Of each kind that needs a person; the rest is one click away. */
	private static final int MOST_URGENT = 5;

	/** Somebody has to look after these flows. */
	private static final Set<FlowHealth> UNHEALTHY = EnumSet.of(FlowHealth.GONE, FlowHealth.INACTIVE,
			FlowHealth.FAILING, FlowHealth.DRIFTED, FlowHealth.LATE);

	private final Search search;

	private final Pauses pauses;

	private final ListStreams streams;

	OverviewController(Search search, Pauses pauses, ListStreams streams) {
		this.search = search;
		this.pauses = pauses;
		this.streams = streams;
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "Page.Workflows", path = "/ui")
	String show(HttpServletRequest request, HttpServletResponse response, Model model) {
		var address = ListAddress.of(request.getParameterMap());
		if (address.isShorterThan(request.getParameterMap())) {
			// of the form, with fields that nobody filled in
			if (request.getHeader("HX-Request") == null) {
				return "redirect:" + address.href();
			}
			response.setHeader("HX-Push-Url", address.href());
		}
		var readable = Caller.current().domains(Role.READER);
		var paused = pauses.now();
		model.addAttribute("address", address);
		model.addAttribute("choices", choices());
		model.addAttribute("pauses",
				paused.pauses().values().stream().filter(pause -> pause.concerns(readable)).toList());
		try {
			find(address, readable, paused, model);
		}
		catch (BadParameter failure) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			model.addAttribute("mistake", failure.getMessage());
			model.addAttribute("rows", List.of());
		}
		return "ui/workflows";
	}

	private void find(ListAddress address, Wildcards readable, PausedDomains paused, Model model) {
		var asked = SearchParameters.everywhere(address.toSearch(), readable);
		var query = asked.query();
		var page = search.find(query, asked.paging().cursor(), asked.paging().maxResults());
		var next = page.next();
		model.addAttribute("rows", page.workflows().stream().map(workflow -> Row.of(workflow, paused)).toList());
		model.addAttribute("next", (next != null) ? address.page(next.toToken(query)).href() : null);
		model.addAttribute("counts", counts(address, search.countByStatus(query.ofAnyStatus())));
		if (address.isFirstPage() && !address.isFiltered()) {
			model.addAttribute("urgent",
					List.of(urgent("in review", address.with("phase", Phase.NEEDS_REVIEW.name()),
							WorkflowQuery.inReview(readable), paused),
							urgent("with a flow that is not well", ofHealths(address),
									WorkflowQuery.ofHealth(readable, UNHEALTHY), paused)));
		}
	}

	private static ListAddress ofHealths(ListAddress address) {
		var all = new LinkedHashMap<>(address.parameters());
		all.put("flow-health", UNHEALTHY.stream().map(Enum::name).toList());
		return new ListAddress(all);
	}

	private Urgent urgent(String what, ListAddress all, WorkflowQuery query, PausedDomains paused) {
		var page = search.find(query, null, MOST_URGENT);
		return new Urgent(what, page.workflows().stream().map(workflow -> Row.of(workflow, paused)).toList(),
				(page.next() != null) ? all.href() : null);
	}

	private static Counts counts(ListAddress address, StatusCounts counts) {
		var current = address.all("status");
		var byStatus = Arrays.stream(Status.values())
			.filter(status -> counts.byStatus().containsKey(status) || current.contains(status.name()))
			.map(status -> new Count(status, Mark.of(status), counts.byStatus().getOrDefault(status, 0L),
					current.equals(List.of(status.name())), address.with("status", status.name()).href()))
			.toList();
		return new Counts(counts.byStatus().values().stream().mapToLong(Long::longValue).sum(), counts.complete(),
				address.without("status").href(), current.isEmpty(), byStatus);
	}

	private static Map<String, List<String>> choices() {
		return Map.of("status", names(Status.values()), "phase", names(Phase.values()), "flow-health",
				names(FlowHealth.values()), "connector", names(SourceConnectorType.values()));
	}

	private static List<String> names(Enum<?>[] constants) {
		return Arrays.stream(constants).map(Enum::name).toList();
	}

	/** Tells an open list when it should be asked for again. */
	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "Page.Changes", path = "/ui/changes")
	void changes(HttpServletRequest request, HttpServletResponse response) throws IOException {
		streams.stream(request, response);
	}

	/**
	 * Workflows for a person to look after.
	 *
	 * @param hrefOfAll where there are more
	 */
	record Urgent(String what, List<Row> rows, @Nullable String hrefOfAll) {
	}

	/**
	 * How many there are.
	 *
	 * @param isComplete whether none was left out
	 */
	record Counts(long all, boolean isComplete, String hrefOfAll, boolean isAll, List<Count> byStatus) {
	}

	record Count(Status status, Mark mark, long number, boolean isCurrent, String href) {
	}

}
