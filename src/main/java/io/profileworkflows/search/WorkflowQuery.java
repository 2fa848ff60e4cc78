package io.profileworkflows.search;

import java.time.Instant;
import java.util.Set;

import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import org.jspecify.annotations.Nullable;

/**
 * Which workflows are looked for; what is absent or empty does not narrow the search.
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

	public static WorkflowQuery inDomain(Wildcards readable, String domainName, Set<Status> statuses,
			@Nullable Instant createdFrom, @Nullable Instant createdTo) {
		return new WorkflowQuery(readable, Set.of(domainName), statuses, Set.of(), Set.of(), null, Set.of(), Set.of(),
				null, createdFrom, createdTo, null, null, Order.CREATED, false);
	}

}
