package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which request of which caller a key stands for. {@link Intake} takes those of new
 * workflows.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class IdempotencyKeys {

	private final JdbcClient jdbc;

	private final Clock clock;

	IdempotencyKeys(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
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

	/**
	 * Lets a free key stand for the workflow that answers its request already.
	 * @return false if it is taken
	 */
	boolean take(String caller, IdempotencyKey key, byte[] digest, WorkflowId workflow) {
		return jdbc.sql("""
				insert into idempotency_key (caller, key, request_digest, workflow_id, created_at)
				values (:caller, :key, :digest, :workflowId, :now) on conflict do nothing
				""")
			.param("caller", caller)
			.param("key", key.value())
			.param("digest", digest)
			.param("workflowId", workflow.value())
			.param("now", clock.instant().atOffset(ZoneOffset.UTC))
			.update() == 1;
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
