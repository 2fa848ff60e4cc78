package io.profileworkflows.search.web;

import io.profileworkflows.http.Paging;
import io.profileworkflows.search.Cursor;
import io.profileworkflows.search.WorkflowQuery;
import org.jspecify.annotations.Nullable;

/**
 * The page of a search that a caller asks for.
 */
public record SearchPaging(Paging paging, WorkflowQuery query) {

	static SearchPaging of(@Nullable String maxResults, @Nullable String nextToken, WorkflowQuery query) {
		return new SearchPaging(Paging.of(maxResults, nextToken), query);
	}

	public int maxResults() {
		return paging.maxResults();
	}

	/** Where it begins; null for the beginning. */
	public @Nullable Cursor cursor() {
		var token = paging.nextToken();
		return (token == null) ? null : Cursor.fromToken(token, query).orElseThrow(Paging::invalidToken);
	}

}
