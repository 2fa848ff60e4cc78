package io.profileworkflows.watching;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.profileworkflows.pauses.PausedDomains;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads workflows and their history, both as they were at the same moment.
 */
@Component
@Transactional(readOnly = true)
public class Snapshots {

	private final Workflows workflows;

	private final Pauses pauses;

	private final JdbcClient jdbc;

	Snapshots(Workflows workflows, Pauses pauses, JdbcClient jdbc) {
		this.workflows = workflows;
		this.pauses = pauses;
		this.jdbc = jdbc;
	}

	/**
	 * A workflow as it is now, for those whom its history does not concern.
	 * @throws WorkflowNotFound also when it is in another domain
	 */
	public Snapshot of(String domainName, WorkflowId id) {
		var workflow = workflows.require(domainName, id);
		return snapshot(workflow, pausesOf(List.of(workflow)), List.of(), Snapshot.NO_HISTORY);
	}

	/**
	 * A workflow as it is now, for those who begin to follow its history.
	 * @throws WorkflowNotFound also when it is in another domain
	 */
	public Snapshot now(String domainName, WorkflowId id) {
		beginMoment();
		var workflow = workflows.require(domainName, id);
		return snapshot(workflow, pausesOf(List.of(workflow)), List.of(), workflows.lastEntryOf(id));
	}

	/**
	 * A workflow as it is now, with what happened since an entry of its history. Of an
	 * entry that it never had, or has no longer, nothing is known to have happened since.
	 * @throws WorkflowNotFound also when it is in another domain
	 */
	public Snapshot since(String domainName, WorkflowId id, long entry) {
		beginMoment();
		var workflow = workflows.require(domainName, id);
		return snapshot(workflow, pausesOf(List.of(workflow)),
				workflows.historySince(Map.of(id, entry)).getOrDefault(id, List.of()), workflows.lastEntryOf(id));
	}

	/** The versions of those that still are there, by their ids. */
	Map<WorkflowId, Long> versionsOf(Collection<WorkflowId> ids) {
		return jdbc.sql("select id, version from workflow where id = any(:ids::uuid[])")
			.param("ids", ids.stream().map(WorkflowId::toString).toArray(String[]::new))
			.query((row, _) -> Map.entry(new WorkflowId(row.getObject(1, UUID.class)), row.getLong(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/**
	 * Reads many at once, without those that are no longer there.
	 * @param known up to which entry the history of each is known
	 */
	Map<WorkflowId, Snapshot> since(Map<WorkflowId, Long> known) {
		beginMoment();
		var entries = workflows.historySince(known);
		var found = workflows.findAll(known.keySet()).values();
		var pauses = pausesOf(found);
		return found.stream()
			.map(workflow -> snapshot(workflow, pauses, entries.getOrDefault(workflow.id(), List.of()), 0))
			.collect(Collectors.toMap(snapshot -> snapshot.workflow().id(), Function.identity()));
	}

	/**
	 * The isolation of this transaction alone. The annotation's is that of the session,
	 * which behind a pooler is somebody else's by the next transaction.
	 */
	private void beginMoment() {
		jdbc.sql("set transaction isolation level repeatable read").update();
	}

	/** Only what is not sent yet is held back by a pause. */
	private PausedDomains pausesOf(Collection<Workflow> workflows) {
		return workflows.stream().anyMatch(workflow -> workflow.phase() == Phase.ACCEPTED) ? pauses.now()
				: PausedDomains.NONE;
	}

	private Snapshot snapshot(Workflow workflow, PausedDomains paused, List<HistoryEntry> entries, long lastEntry) {
		return new Snapshot(workflow, workflow.heldBy(paused), workflows.candidatesOf(workflow), entries,
				entries.isEmpty() ? lastEntry : entries.getLast().id());
	}

}
