package io.profileworkflows.workflow;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which request of which caller a key stands for. {@link Intake} takes them.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class IdempotencyKeys {

	private final JdbcClient jdbc;

	IdempotencyKeys(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds the workflow that was made for the key.
	 * @throws IdempotencyKeyReused when it stands for another request
	 */
	Optional<WorkflowId> find(String caller, IdempotencyKey key, byte[] digest) {
		var holder = find(caller, key);
		if (holder.isPresent() && !Arrays.equals(holder.get().requestDigest(), digest)) {
			throw new IdempotencyKeyReused(holder.get().id());
		}
		return holder.map(Holder::id);
	}

	boolean isKnown(String caller, IdempotencyKey key) {
		return find(caller, key).isPresent();
	}

	/** Lets a key stand for the workflow that answers its request after all. */
	void repoint(String caller, IdempotencyKey key, WorkflowId workflow) {
		jdbc.sql("update idempotency_key set workflow_id = :workflowId where caller = :caller and key = :key")
			.param("workflowId", workflow.value())
			.param("caller", caller)
			.param("key", key.value())
			.update();
	}

	void release(String caller, IdempotencyKey key) {
		jdbc.sql("delete from idempotency_key where caller = :caller and key = :key")
			.param("caller", caller)
			.param("key", key.value())
			.update();
	}

	private Optional<Holder> find(String caller, IdempotencyKey key) {
		return jdbc.sql("select workflow_id, request_digest from idempotency_key where caller = :caller and key = :key")
			.param("caller", caller)
			.param("key", key.value())
			.query(Holder.class)
			.optional();
	}

	record Holder(UUID workflowId, byte[] requestDigest) {

		WorkflowId id() {
			return new WorkflowId(workflowId);
		}

	}

}
