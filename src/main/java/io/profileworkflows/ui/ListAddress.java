package io.profileworkflows.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of the list, as in the address bar: the parameters of the search.
 */
record ListAddress(Map<String, List<String>> parameters) {

	private static final String PATH = "/ui";

	private static final String PATH_TO_ACT = "/ui/operations/new";

	private static final String NEXT_TOKEN = "next-token";

	private static final String MAX_RESULTS = "max-results";

	private static final String USUAL_PAGE = "25";

	/** What narrows nothing. */
	private static final Set<String> NO_FILTERS = Set.of(NEXT_TOKEN, MAX_RESULTS, "sort", "order");

	/** Without the fields of a form that nobody filled in. */
	static ListAddress of(Map<String, String[]> given) {
		var parameters = new LinkedHashMap<String, List<String>>();
		given.forEach((name, values) -> {
			var filled = Arrays.stream(values).map(String::strip).filter(value -> !value.isEmpty()).toList();
			if (!filled.isEmpty()) {
				parameters.put(name, filled);
			}
		});
		return new ListAddress(parameters);
	}

	/** Whether something was left out. */
	boolean isShorterThan(Map<String, String[]> given) {
		return given.values().stream().mapToInt(values -> values.length).sum() > parameters.values()
			.stream()
			.mapToInt(List::size)
			.sum();
	}

	Map<String, String[]> toSearch() {
		var search = toFilter();
		search.putIfAbsent(MAX_RESULTS, new String[] { USUAL_PAGE });
		return search;
	}

	/** As a request has them. */
	Map<String, String[]> toFilter() {
		var search = new LinkedHashMap<String, String[]>();
		parameters.forEach((name, values) -> search.put(name, values.toArray(String[]::new)));
		return search;
	}

	public List<String> all(String name) {
		return parameters.getOrDefault(name, List.of());
	}

	public String one(String name) {
		return all(name).stream().findFirst().orElse("");
	}

	public boolean isFiltered() {
		return parameters.keySet().stream().anyMatch(name -> !NO_FILTERS.contains(name));
	}

	boolean isFirstPage() {
		return !parameters.containsKey(NEXT_TOKEN);
	}

	public ListAddress firstPage() {
		return without(NEXT_TOKEN);
	}

	ListAddress page(String token) {
		return with(NEXT_TOKEN, token);
	}

	/** The same with no other value of that name. */
	public ListAddress with(String name, String value) {
		var changed = new LinkedHashMap<>(without(NEXT_TOKEN).parameters);
		changed.put(name, List.of(value));
		return new ListAddress(changed);
	}

	public ListAddress without(String name) {
		var changed = new LinkedHashMap<>(parameters);
		changed.remove(NEXT_TOKEN);
		changed.remove(name);
		return new ListAddress(changed);
	}

	/** Each filter by itself, with the address that is left without it. */
	public List<Chosen> chosen() {
		var chosen = new ArrayList<Chosen>();
		parameters.forEach((name, values) -> {
			if (!NO_FILTERS.contains(name)) {
				values.forEach(value -> chosen.add(new Chosen(name, value, without(name, value).href())));
			}
		});
		return chosen;
	}

	private ListAddress without(String name, String value) {
		var changed = new LinkedHashMap<>(without(NEXT_TOKEN).parameters);
		var left = all(name).stream().filter(other -> !other.equals(value)).toList();
		if (left.isEmpty()) {
			changed.remove(name);
		}
		else {
			changed.put(name, left);
		}
		return new ListAddress(changed);
	}

	public String href() {
		return hrefAt(PATH);
	}

	/** Where one may act on all that the filters find. */
	public String hrefToAct() {
		return filters().hrefAt(PATH_TO_ACT);
	}

	/** The same parameters of another page. */
	String hrefAt(String path) {
		var pairs = new ArrayList<String>();
		parameters.forEach((name, values) -> values.forEach(value -> pairs.add(encode(name) + "=" + encode(value))));
		return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
	}

	/** Without what narrows nothing. */
	ListAddress filters() {
		return without(NO_FILTERS);
	}

	ListAddress without(Set<String> names) {
		var left = new LinkedHashMap<>(parameters);
		left.keySet().removeAll(names);
		return new ListAddress(left);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * A filter that is on.
	 */
	record Chosen(String name, String value, String hrefWithout) {
	}

}
