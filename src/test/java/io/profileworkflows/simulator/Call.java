package io.profileworkflows.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One request as it arrived and what became of it.
 *
 * @param number counts from 1, in order of arrival
 * @param operation null when the path is none of ours
 * @param flowName known of creates only
 * @param workflowId as asked for, or as made
 * @param acted whether the account did what was asked; a refusal is no act
 * @param answered whether an answer was written; the client may still have missed it
 * @param status 0 while there is no answer
 * @param fault also {@code RATE_LIMIT} when the enforced limit refused the call, and
 * {@code STALE} when it came too long after it was signed
 * @param headers what tells where the call came from; credentials are left out
 */
public record Call(long number, Instant arrivedAt, String method, String path, @Nullable Operation operation,
		@Nullable String domainName, @Nullable String flowName, @Nullable String workflowId, boolean acted,
		boolean answered, int status, String requestId, @Nullable String fault, String remoteAddress,
		Map<String, List<String>> headers) {

	static final String RATE_LIMIT = "RATE_LIMIT";

	static final String STALE = "STALE";

	public boolean isCreate() {
		return operation == Operation.CREATE_INTEGRATION_WORKFLOW;
	}

	Call meets(String applied) {
		return new Call(number, arrivedAt, method, path, operation, domainName, flowName, workflowId, acted, answered,
				status, requestId, applied, remoteAddress, headers);
	}

	Call actsOn(@Nullable String id) {
		return new Call(number, arrivedAt, method, path, operation, domainName, flowName, id, true, answered, status,
				requestId, fault, remoteAddress, headers);
	}

	Call isAnswered(int withStatus) {
		return new Call(number, arrivedAt, method, path, operation, domainName, flowName, workflowId, acted, true,
				withStatus, requestId, fault, remoteAddress, headers);
	}

	Call isLeftWithoutAnswer() {
		return new Call(number, arrivedAt, method, path, operation, domainName, flowName, workflowId, acted, false, 0,
				requestId, fault, remoteAddress, headers);
	}
}
