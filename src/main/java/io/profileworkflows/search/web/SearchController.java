package io.profileworkflows.search.web;

import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.search.Search;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Finds workflows across domains, which AWS cannot.
 */
@RestController
class SearchController {

	private final Search search;

	private final Pauses pauses;

	private final Deployment deployment;

	SearchController(Search search, Pauses pauses, Deployment deployment) {
		this.search = search;
		this.pauses = pauses;
		this.deployment = deployment;
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "SearchWorkflows", path = "/workflows",
			produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
	SearchView find(HttpServletRequest request) {
		var asked = SearchParameters.everywhere(request.getParameterMap(), Caller.current().domains(Role.READER));
		var query = asked.query();
		var page = search.find(query, asked.paging().cursor(), asked.paging().maxResults());
		return SearchView.of(page, query, asked.counts() ? search.countByStatus(query) : null, pauses.now(),
				deployment);
	}

}
