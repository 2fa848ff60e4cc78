package io.profileworkflows.workflow.web;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.profileworkflows.integration.SourceConnectorType;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.WorkflowQuery;
import org.jspecify.annotations.Nullable;

/**
 * What people ask for in a query string. A parameter that nobody knows is refused, since
 * a search that ignores it would answer another question.
 */
class SearchParameters {

	static final String STATUS = "status";

	static final String PHASE = "phase";

	static final String TAG = "tag";

	static final String FLOW_NAME = "flow-name";

	static final String CONNECTOR = "connector";

	static final String REQUESTER = "requester";

	static final String DOMAIN = "domain";

	static final String CREATED_FROM = "created-from";

	static final String CREATED_TO = "created-to";

	static final String UPDATED_FROM = "updated-from";

	static final String UPDATED_TO = "updated-to";

	static final String SORT = "sort";

	static final Set<String> KNOWN = Set.of(STATUS, PHASE, TAG, FLOW_NAME, CONNECTOR, REQUESTER, DOMAIN, CREATED_FROM,
			CREATED_TO, UPDATED_FROM, UPDATED_TO, SORT, "max-results", "next-token");

	private static final Map<String, WorkflowQuery.Order> ORDERS = Map.of("created", WorkflowQuery.Order.CREATED,
			"updated", WorkflowQuery.Order.UPDATED);

	private final Map<String, String[]> values;

	private SearchParameters(Map<String, String[]> values) {
		this.values = values;
	}

	static SearchParameters of(Map<String, String[]> values) {
		var unknown = new TreeSet<>(values.keySet());
		unknown.removeAll(KNOWN);
		if (!unknown.isEmpty()) {
			throw new BadParameter(unknown.first(), "is not a parameter of this search; there are "
					+ KNOWN.stream().sorted().collect(Collectors.joining(", ")));
		}
		return new SearchParameters(values);
	}

	WorkflowQuery toQuery() {
		return toQuery(Set.copyOf(all(DOMAIN)));
	}

	WorkflowQuery toQuery(Set<String> domainNames) {
		return new WorkflowQuery(domainNames, constants(STATUS, Status.class), constants(PHASE, Phase.class), tags(),
				one(FLOW_NAME), connector(), one(REQUESTER), time(CREATED_FROM), time(CREATED_TO), time(UPDATED_FROM),
				time(UPDATED_TO), order());
	}

	private WorkflowQuery.Order order() {
		var sort = one(SORT);
		if (sort == null) {
			return WorkflowQuery.Order.CREATED;
		}
		var order = ORDERS.get(sort);
		if (order == null) {
			throw new BadParameter(SORT, "must be created or updated");
		}
		return order;
	}

	private @Nullable String connector() {
		return constants(CONNECTOR, SourceConnectorType.class).stream().map(Enum::name).findFirst().orElse(null);
	}

	private Map<String, String> tags() {
		var tags = new TreeMap<String, String>();
		for (var tag : all(TAG)) {
			var colon = tag.indexOf(':');
			if (colon < 1) {
				throw new BadParameter(TAG, "must be a key and a value with a colon between them, as in team:crm");
			}
			tags.put(tag.substring(0, colon), tag.substring(colon + 1));
		}
		return tags;
	}

	private <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
		Map<String, E> constants = Arrays.stream(type.getEnumConstants())
			.collect(Collectors.toMap(Enum::name, Function.identity()));
		return all(name).stream().map(value -> {
			var constant = constants.get(value);
			if (constant == null) {
				throw new BadParameter(name, "must be one of "
						+ Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
			}
			return constant;
		}).collect(Collectors.toUnmodifiableSet());
	}

	private @Nullable Instant time(String name) {
		var value = one(name);
		if (value == null) {
			return null;
		}
		try {
			if (Character.isDigit(value.charAt(0)) && value.indexOf('T') < 0) {
				var seconds = new BigDecimal(value);
				return Instant.ofEpochSecond(seconds.longValueExact(), 0);
			}
			return OffsetDateTime.parse(value).toInstant();
		}
		catch (ArithmeticException | NumberFormatException | DateTimeException unreadable) {
			throw new BadParameter(name, "must be a time as 2031-01-01T00:00:00Z or as whole seconds since 1970");
		}
	}

	private @Nullable String one(String name) {
		var given = all(name);
		if (given.size() > 1) {
			throw new BadParameter(name, "must be given once");
		}
		return given.isEmpty() ? null : given.getFirst();
	}

	private List<String> all(String name) {
		var given = Arrays.asList(values.getOrDefault(name, new String[0]));
		if (given.stream().anyMatch(String::isBlank)) {
			throw new BadParameter(name, "must not be empty");
		}
		return given;
	}

}
