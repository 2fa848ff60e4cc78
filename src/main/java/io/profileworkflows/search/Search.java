package io.profileworkflows.search;

import java.util.List;
import java.util.UUID;

import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds workflows, in the order of their times, page by page.
 */
@Component
@Transactional(readOnly = true)
public class Search {

	private final SearchQueries queries;

	private final Workflows workflows;

	Search(SearchQueries queries, Workflows workflows) {
		this.queries = queries;
		this.workflows = workflows;
	}

	/**
	 * Finds the next page. It costs little whatever is asked for, and so may have fewer
	 * workflows than the limit, even none, though there are more to come.
	 */
	public WorkflowPage find(WorkflowQuery query, @Nullable Cursor after, int limit) {
		var found = queries.find(query, after, limit);
		return new WorkflowPage(inOrder(found.ids()), found.next());
	}

	/** Counts the first 10,000 that fit a query. */
	public StatusCounts countByStatus(WorkflowQuery query) {
		return queries.countByStatus(query);
	}

	/** Without those that were removed since they were found. */
	private List<Workflow> inOrder(List<UUID> places) {
		var ids = places.stream().map(WorkflowId::new).toList();
		var found = workflows.findAll(ids);
		return ids.stream().filter(found::containsKey).map(found::get).toList();
	}

}
