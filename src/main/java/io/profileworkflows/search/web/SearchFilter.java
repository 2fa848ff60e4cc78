package io.profileworkflows.search.web;

import java.util.Map;
import java.util.Set;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.security.Wildcards;

/**
 * The filters of a search, for operations that act on all that it finds.
 */
public final class SearchFilter {

	private SearchFilter() {
	}

	/**
	 * @param values all parameters of the request
	 * @param domains in which anything may be found
	 * @param others parameters that are not of the search
	 * @throws BadParameter that names all that are wrong, or says that nothing narrows
	 * the search
	 */
	public static WorkflowQuery read(Map<String, String[]> values, Wildcards domains, Set<String> others) {
		return SearchParameters.filter(values, domains, others);
	}

}
