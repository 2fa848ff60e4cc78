package io.profileworkflows.search;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a search. An absent or empty filter does not narrow it.
 *
 * @param readable the domains that the caller may read; all else does not exist
 * @param domainNames only in these domains
 * @param tags all of these, each as {@code key:value}; a key may have colons itself
 * @param flowNamePrefix what the FlowName begins with
 * @param createdFrom inclusive, as all beginnings here
 * @param createdTo inclusive, as at AWS, as all ends here
 * @param ascending oldest first, instead of newest first
 */
public record WorkflowQuery(Wildcards readable, Set<String> domainNames, Set<Status> statuses, Set<Phase> phases,
		Set<String> tags, @Nullable String flowNamePrefix, Set<String> connectorTypes, Set<FlowHealth> flowHealths,
		@Nullable String requestedBy, @Nullable Instant createdFrom, @Nullable Instant createdTo,
		@Nullable Instant updatedFrom, @Nullable Instant updatedTo, Order order, boolean ascending) {

	/** By the one time or the other. */
	public enum Order {

		CREATED("created_at"), UPDATED("updated_at");

		private final String column;

		Order(String column) {
			this.column = column;
		}

		String column() {
			return column;
		}

	}

	/** The same whatever the Status is. */
	public WorkflowQuery ofAnyStatus() {
		return new WorkflowQuery(readable, domainNames, Set.of(), phases, tags, flowNamePrefix, connectorTypes,
				flowHealths, requestedBy, createdFrom, createdTo, updatedFrom, updatedTo, order, ascending);
	}

	/** What waits for a person's decision. */
	public static WorkflowQuery inReview(Wildcards readable) {
		return ofPhasesAndHealths(readable, Set.of(Phase.NEEDS_REVIEW), Set.of());
	}

	/** What is complete, and whose flow is in one of these states. */
	public static WorkflowQuery ofHealth(Wildcards readable, Set<FlowHealth> healths) {
		return ofPhasesAndHealths(readable, Set.of(), healths);
	}

	private static WorkflowQuery ofPhasesAndHealths(Wildcards readable, Set<Phase> phases, Set<FlowHealth> healths) {
		return new WorkflowQuery(readable, Set.of(), Set.of(), phases, Set.of(), null, Set.of(), healths, null, null,
				null, null, null, Order.UPDATED, false);
	}

	/**
	 * The question in full, but for who asks it: equal for queries that look for the
	 * same.
	 */
	public String question() {
		// the lists of its members have no order, and lengths keep them apart
		var single = Stream
			.of(flowNamePrefix, requestedBy, createdFrom, createdTo, updatedFrom, updatedTo, order, ascending)
			.map(Objects::toString);
		var several = Stream.<Set<?>>of(domainNames, statuses, phases, tags, connectorTypes, flowHealths)
			.map(WorkflowQuery::sorted)
			.map(List::toString);
		return Stream.concat(single, several).map(text -> text.length() + ":" + text).toList().toString();
	}

	private static List<String> sorted(Collection<?> members) {
		return members.stream().map(Objects::toString).map(text -> text.length() + ":" + text).sorted().toList();
	}

	public static WorkflowQuery inDomain(Wildcards readable, String domainName, Set<Status> statuses,
			@Nullable Instant createdFrom, @Nullable Instant createdTo) {
		return new WorkflowQuery(readable, Set.of(domainName), statuses, Set.of(), Set.of(), null, Set.of(), Set.of(),
				null, createdFrom, createdTo, null, null, Order.CREATED, false);
	}

}
