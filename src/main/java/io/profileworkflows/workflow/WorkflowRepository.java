package io.profileworkflows.workflow;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import org.hibernate.jpa.SpecHints;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;

/**
 * Where the {@link Workflow}s are stored.
 */
interface WorkflowRepository extends JpaRepository<Workflow, UUID>, JpaSpecificationExecutor<Workflow> {

	/** Hibernate's {@code Timeouts.SKIP_LOCKED}. */
	String SKIP_LOCKED = "-2";

	/**
	 * By a query: {@code EntityManager.find} says of a workflow that it is not there when
	 * the database fails in a way that Hibernate has no exception for (HHH-12472).
	 */
	@Override
	@Query("select workflow from Workflow workflow where workflow.id = :id")
	Optional<Workflow> findById(UUID id);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select workflow from Workflow workflow where workflow.id = :id")
	Optional<Workflow> lock(UUID id);

	/** Always in the same order. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select workflow from Workflow workflow where workflow.id in :ids order by workflow.id")
	List<Workflow> lockAll(Collection<UUID> ids);

	/** Those that nobody else holds. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@QueryHints(@QueryHint(name = SpecHints.HINT_SPEC_LOCK_TIMEOUT, value = SKIP_LOCKED))
	@Query("select workflow from Workflow workflow where workflow.id in :ids")
	List<Workflow> lockFree(Collection<UUID> ids);

	Optional<Workflow> findByRetryOf(UUID retryOf);

	@Query("select workflow.remoteWorkflowId from Workflow workflow where workflow.remoteWorkflowId in :remoteIds")
	Set<String> findHeldAmong(Collection<String> remoteIds);

	List<Workflow> findByDomainNameAndPhase(String domainName, Phase phase);

	List<Workflow> findByPhaseIn(Collection<Phase> phases);

}
