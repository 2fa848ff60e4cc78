package io.profileworkflows.search.web;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.WorkflowType;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.Status;
import org.jspecify.annotations.Nullable;

/**
 * ListWorkflows' body.
 */
public record ListFilter(@JsonProperty("WorkflowType") @Nullable WorkflowType workflowType,
		@JsonProperty("Status") @Nullable Status status,
		@JsonProperty("QueryStartDate") @Nullable Instant queryStartDate,
		@JsonProperty("QueryEndDate") @Nullable Instant queryEndDate) {

	WorkflowQuery toQuery(String domainName, Wildcards readable) {
		return WorkflowQuery.inDomain(readable, domainName, (status != null) ? EnumSet.of(status) : Set.of(),
				queryStartDate, queryEndDate);
	}

}
