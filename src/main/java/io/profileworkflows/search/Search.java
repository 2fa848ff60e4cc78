package io.profileworkflows.search;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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

	private static final int PAGE = 1000;

	/** Each goes through a thousand rows or more. */
	private static final int MOST_PAGES = 100;

	/** For all pages together, on one connection. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

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

	/**
	 * Finds all that fit a query, the first ones first.
	 * @param most how many that may be
	 * @return nothing when there are more, or when it takes too long to find them
	 */
	public Optional<List<WorkflowId>> findAll(WorkflowQuery query, int most) {
		var found = new LinkedHashSet<WorkflowId>();
		Cursor after = null;
		var begin = System.nanoTime();
		for (int page = 0; page < MOST_PAGES && System.nanoTime() - begin < PATIENCE.toNanos(); page++) {
			var places = queries.find(query, after, PAGE);
			places.ids().stream().map(WorkflowId::new).forEach(found::add);
			after = places.next();
			if (found.size() > most) {
				return Optional.empty();
			}
			if (after == null) {
				return Optional.of(List.copyOf(found));
			}
		}
		return Optional.empty();
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
