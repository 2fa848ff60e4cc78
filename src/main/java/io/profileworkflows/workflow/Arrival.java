package io.profileworkflows.workflow;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.outbox.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A new workflow on its way in.
 *
 * @param digest of its request
 * @param origin of its request
 */
record Arrival(Workflow workflow, CreateIntegrationWorkflow request, byte[] digest, @Nullable IdempotencyKey key,
		Cause cause, Origin origin) {

	@Nullable String keyValue() {
		return (key != null) ? key.value() : null;
	}

	/** Each arrival is one, whatever is in it. */
	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return workflow.id().hashCode();
	}

	/** What came of it. */
	enum Outcome {

		ADDED, KEY_TAKEN, NAME_TAKEN

	}

}
