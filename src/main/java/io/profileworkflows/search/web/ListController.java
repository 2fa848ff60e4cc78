package io.profileworkflows.search.web;

import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.search.Search;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.security.Wildcards;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists the workflows of one domain.
 */
@RestController
@RequestMapping(path = "/domains/{domainName}/workflows",
		produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class ListController {

	private final Search search;

	private final Pauses pauses;

	private final Documents documents;

	ListController(Search search, Pauses pauses, Documents documents) {
		this.search = search;
		this.pauses = pauses;
		this.documents = documents;
	}

	@Requires(Role.READER)
	@PostMapping(name = "ListWorkflows")
	WorkflowListView list(@PathVariable String domainName, @Holds(ListFilter.class) RequestDocument document,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		PathParts.domainName(domainName);
		var filter = documents.read(document.orNoMembers(), ListFilter.class).require();
		var query = filter.toQuery(domainName, readable());
		return page(SearchPaging.of(maxResults, nextToken, query), query);
	}

	/** ListWorkflows for people: the filters in the query instead of a body. */
	@Requires(Role.READER)
	@GetMapping(name = "BrowseWorkflows")
	WorkflowListView browse(@PathVariable String domainName, HttpServletRequest http) {
		PathParts.domainName(domainName);
		var asked = SearchParameters.inDomain(http.getParameterMap(), domainName, readable());
		return page(asked.paging(), asked.query());
	}

	private static Wildcards readable() {
		return Caller.current().domains(Role.READER);
	}

	private WorkflowListView page(SearchPaging paging, WorkflowQuery query) {
		return WorkflowListView.of(search.find(query, paging.cursor(), paging.maxResults()), query, pauses.now());
	}

}
