package io.profileworkflows.simulator;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What ListWorkflows was asked for. Both dates are inclusive and concern CreatedAt.
 */
record Filter(@Nullable String status, @Nullable Instant from, @Nullable Instant until) {

	static Filter of(JsonNode body) {
		Checks.oneOf(Set.of("APPFLOW_INTEGRATION"), body.path("WorkflowType"), "workflowType");
		return new Filter(Checks.oneOf(Checks.STATUSES, body.path("Status"), "status"),
				time(body.path("QueryStartDate")), time(body.path("QueryEndDate")));
	}

	boolean matches(CreatedWorkflow workflow, Progress progress) {
		return (status == null || status.equals(progress.status()))
				&& (from == null || !workflow.createdAt().isBefore(from))
				&& (until == null || !workflow.createdAt().isAfter(until));
	}

	private static @Nullable Instant time(JsonNode value) {
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		if (!value.isNumber()) {
			throw Refusal.badRequest("Timestamps are epoch seconds");
		}
		return Json.instant(value);
	}

}
