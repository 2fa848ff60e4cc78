package io.profileworkflows.operations;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.search.web.SearchFilter;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Role;

/**
 * What a caller wants to do with all workflows that a search finds.
 *
 * @param filter as the caller wrote it
 * @param query where the caller may act, and nowhere else
 */
public record BulkOrder(BulkAction action, WorkflowQuery query, String filter, Instructions instructions) {

	/**
	 * Reads the filter among the parameters of a request.
	 * @param others parameters that are not of the filter
	 * @param instructions read when the filter is right
	 */
	public static BulkOrder of(BulkAction action, Map<String, String[]> parameters, Set<String> others, Caller caller,
			Supplier<Instructions> instructions) {
		return new BulkOrder(action, SearchFilter.read(parameters, caller.domains(Role.SUBMITTER), others),
				written(parameters, others), instructions.get());
	}

	/** As it would be in a query, for people. */
	private static String written(Map<String, String[]> parameters, Set<String> others) {
		var filters = new TreeMap<>(parameters);
		filters.keySet().removeAll(others);
		return filters.entrySet()
			.stream()
			.flatMap(filter -> Arrays.stream(filter.getValue()).map(value -> filter.getKey() + "=" + value))
			.collect(Collectors.joining("&"));
	}

}
