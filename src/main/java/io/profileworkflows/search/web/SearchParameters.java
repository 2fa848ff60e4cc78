package io.profileworkflows.search.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.http.Flag;
import io.profileworkflows.http.KnownParameters;
import io.profileworkflows.http.Paging;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.integration.DomainName;
import io.profileworkflows.integration.SourceConnectorType;
import io.profileworkflows.integration.TagKey;
import io.profileworkflows.integration.TagValue;
import io.profileworkflows.search.SoughtTag;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import org.jspecify.annotations.Nullable;

/**
 * The query string of a search, with all its mistakes at once.
 */
public class SearchParameters {

	static final String STATUS = "status";

	static final String PHASE = "phase";

	static final String TAG = "tag";

	static final String FLOW_NAME = "flow-name";

	static final String CONNECTOR = "connector";

	static final String FLOW_HEALTH = "flow-health";

	static final String REQUESTER = "requester";

	static final String DOMAIN = "domain";

	static final String CREATED_FROM = "created-from";

	static final String CREATED_TO = "created-to";

	static final String UPDATED_FROM = "updated-from";

	static final String UPDATED_TO = "updated-to";

	static final String SORT = "sort";

	static final String ORDER = "order";

	static final String COUNTS = "counts";

	private static final String MAX_RESULTS = "max-results";

	private static final String NEXT_TOKEN = "next-token";

	static final Set<String> KNOWN = Set.of(STATUS, PHASE, TAG, FLOW_NAME, CONNECTOR, FLOW_HEALTH, REQUESTER, DOMAIN,
			CREATED_FROM, CREATED_TO, UPDATED_FROM, UPDATED_TO, SORT, ORDER, COUNTS, MAX_RESULTS, NEXT_TOKEN);

	/** Only of a search in all domains. */
	static final Set<String> NOT_IN_A_DOMAIN = Set.of(DOMAIN, COUNTS);

	/** Of a page, and of the order of pages. */
	private static final Set<String> OF_PAGES = Set.of(SORT, ORDER, COUNTS, MAX_RESULTS, NEXT_TOKEN);

	/** Each costs a page. */
	private static final int MOST_VALUES = 20;

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	private static final Map<String, WorkflowQuery.Order> ORDERS = Map.of("created", WorkflowQuery.Order.CREATED,
			"updated", WorkflowQuery.Order.UPDATED);

	private final Map<String, String[]> values;

	private final List<BadParameter> mistakes = new ArrayList<>();

	private SearchParameters(Map<String, String[]> values) {
		this.values = values;
	}

	/**
	 * @throws BadParameter that names all that are wrong
	 */
	public static Asked everywhere(Map<String, String[]> values, Wildcards readable) {
		var parameters = new SearchParameters(values);
		return parameters.read(KNOWN, readable, parameters.checked(parameters::domains, Set.of()));
	}

	/**
	 * A search whose domain is in the path already.
	 * @throws BadParameter that names all that are wrong
	 */
	static Asked inDomain(Map<String, String[]> values, String domainName, Wildcards readable) {
		var known = new HashSet<>(KNOWN);
		known.removeAll(NOT_IN_A_DOMAIN);
		return new SearchParameters(values).read(known, readable, Set.of(domainName));
	}

	/**
	 * What is sought, to act on all of it.
	 * @param others parameters that are not of the search
	 * @throws BadParameter that names all that are wrong, or says that nothing narrows
	 * the search
	 */
	static WorkflowQuery filter(Map<String, String[]> values, Wildcards readable, Set<String> others) {
		var filters = new TreeSet<>(KNOWN);
		filters.removeAll(OF_PAGES);
		var known = new HashSet<>(filters);
		known.addAll(others);
		var parameters = new SearchParameters(values);
		var query = parameters.read(known, readable, parameters.checked(parameters::domains, Set.of())).query();
		if (values.keySet().stream().noneMatch(filters::contains)) {
			throw new BadParameter("The filter", "must narrow the search by one of " + String.join(", ", filters));
		}
		return query;
	}

	private Asked read(Set<String> known, Wildcards readable, Set<String> domainNames) {
		mistakes.addAll(KnownParameters.unknown(values.keySet(), known));
		var query = new WorkflowQuery(readable, domainNames, checked(() -> constants(STATUS, Status.class), Set.of()),
				checked(() -> constants(PHASE, Phase.class), Set.of()), checked(this::tags, Set.of()),
				checked(() -> one(FLOW_NAME)), checked(this::connectors, Set.of()),
				checked(() -> constants(FLOW_HEALTH, FlowHealth.class), Set.of()), checked(() -> one(REQUESTER)),
				checked(() -> time(CREATED_FROM)), checked(() -> time(CREATED_TO)), checked(() -> time(UPDATED_FROM)),
				checked(() -> time(UPDATED_TO)), checked(this::sort, WorkflowQuery.Order.CREATED),
				checked(this::isAscending, false));
		var counts = checked(() -> Flag.of(COUNTS, joined(COUNTS)), false);
		checked(() -> Paging.of(joined(MAX_RESULTS), null));
		checked(() -> Paging.of(null, joined(NEXT_TOKEN)));
		if (!mistakes.isEmpty()) {
			throw BadParameter.all(mistakes);
		}
		return new Asked(query, SearchPaging.of(joined(MAX_RESULTS), joined(NEXT_TOKEN), query), counts);
	}

	private <T> T checked(Reading<T> parameter, T otherwise) {
		var value = checked(parameter);
		return (value != null) ? value : otherwise;
	}

	/** Goes on without what is wrong, to find what else is. */
	private <T> @Nullable T checked(Reading<T> parameter) {
		try {
			return parameter.value();
		}
		catch (BadParameter failure) {
			mistakes.add(failure);
			return null;
		}
	}

	private @Nullable String joined(String name) {
		var given = values.get(name);
		return (given != null) ? String.join(",", given) : null;
	}

	private Set<String> domains() {
		var domains = all(DOMAIN);
		if (!domains.stream().allMatch(PathParts::isDomainName)) {
			throw new BadParameter(DOMAIN, DomainName.EXPECTED);
		}
		return Set.copyOf(domains);
	}

	private WorkflowQuery.Order sort() {
		return chosen(SORT, ORDERS, WorkflowQuery.Order.CREATED);
	}

	private boolean isAscending() {
		return chosen(ORDER, Map.of("asc", true, "desc", false), false);
	}

	private <T> T chosen(String name, Map<String, T> choices, T otherwise) {
		var given = one(name);
		var choice = (given != null) ? choices.get(given) : otherwise;
		if (choice == null) {
			throw new BadParameter(name,
					"must be " + choices.keySet().stream().sorted().collect(Collectors.joining(" or ")));
		}
		return choice;
	}

	private Set<String> connectors() {
		return constants(CONNECTOR, SourceConnectorType.class).stream()
			.map(Enum::name)
			.collect(Collectors.toUnmodifiableSet());
	}

	private Set<String> tags() {
		var tags = all(TAG);
		if (tags.stream().map(SoughtTag::readingsOf).anyMatch(List::isEmpty)) {
			throw new BadParameter(TAG, """
					must be a key of at most %s characters and a value of at most %s with a colon between them, \
					as in team:crm""".formatted(TagKey.LONGEST, TagValue.LONGEST));
		}
		return Set.copyOf(tags);
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
			var time = (value.indexOf('T') < 0) ? Instant.ofEpochSecond(Long.parseLong(value))
					: OffsetDateTime.parse(withPlus(value)).toInstant();
			if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
				return time;
			}
		}
		catch (NumberFormatException | DateTimeException _) {
			// said below, like a time that is out of range
		}
		throw new BadParameter(name, "must be a time from 1970 to 9999, as 2031-01-01T00:00:00Z or in whole seconds");
	}

	/** The plus of an offset arrives as a blank from those who do not encode it. */
	private static String withPlus(String time) {
		return time.replace(' ', '+');
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
		if (given.size() > MOST_VALUES) {
			throw new BadParameter(name, "must be given at most %s times".formatted(MOST_VALUES));
		}
		if (given.stream().anyMatch(String::isBlank)) {
			throw new BadParameter(name, "must not be empty");
		}
		if (given.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
			throw new BadParameter(name, "must be text without NUL characters");
		}
		return given;
	}

	/**
	 * What is sought.
	 *
	 * @param counts whether it is also asked how many there are
	 */
	public record Asked(WorkflowQuery query, SearchPaging paging, boolean counts) {
	}

	private interface Reading<T> {

		@Nullable T value();

	}

}
