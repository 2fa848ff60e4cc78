package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.security.ResourceNotAllowed;
import io.profileworkflows.security.ResourceRules;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Retries of workflows that failed. Each workflow is retried once, by a new workflow. If
 * that one fails too, it can be retried.
 */
@Component
@Transactional
public class Retries {

	private final Workflows workflows;

	private final WorkflowTable table;

	private final History history;

	private final FlowNames flowNames;

	private final DocumentReader reader;

	private final ResourceRules resources;

	private final AcceptedDocuments documents;

	private final Outbox outbox;

	private final Clock clock;

	Retries(Workflows workflows, WorkflowTable table, History history, FlowNames flowNames, DocumentReader reader,
			ResourceRules resources, AcceptedDocuments documents, Outbox outbox, Clock clock) {
		this.workflows = workflows;
		this.table = table;
		this.history = history;
		this.flowNames = flowNames;
		this.reader = reader;
		this.resources = resources;
		this.documents = documents;
		this.outbox = outbox;
		this.clock = clock;
	}

	/**
	 * Makes a new workflow of the request of one that failed, or finds the one that was
	 * made before. What is at AWS is deleted there first; its FlowName passes on at once,
	 * so that nobody else gets it meanwhile.
	 * @throws ActionImpossible when the workflow has not failed
	 * @throws InvalidDocument when its request would not be accepted today
	 * @throws ResourceNotAllowed when its domain may not use what it names any more
	 * @throws FlowNameTaken when another workflow holds the FlowName by now
	 * @throws AdoptionUnconfirmed when it was adopted and has to be deleted, unless
	 * confirmed
	 */
	public Acceptance retry(String domainName, WorkflowId id, String caller, boolean adoptionConfirmed) {
		return retry(domainName, id, caller, adoptionConfirmed, Precondition.NONE);
	}

	/**
	 * The same on a condition, where no new workflow was made before.
	 * @throws ChangedMeanwhile when the condition does not hold
	 */
	public Acceptance retry(String domainName, WorkflowId id, String caller, boolean adoptionConfirmed,
			Precondition precondition) {
		var failed = workflows.lock(domainName, id);
		var known = table.findRetryOf(id);
		if (known.isPresent()) {
			return new Acceptance(known.get(), true);
		}
		requireFailed(failed);
		if (failed.phase() == Phase.FINISHED && failed.provenance() == Provenance.ADOPTED && !adoptionConfirmed) {
			throw new AdoptionUnconfirmed(id);
		}
		precondition.require(failed);
		var retry = another(failed);
		table.insert(retry);
		if (retry.waitsFor() == null) {
			begin(retry, failed, caller);
		}
		else {
			beginAfterDeletion(retry, failed, caller);
		}
		return new Acceptance(retry, false);
	}

	private static void requireFailed(Workflow workflow) {
		if (!workflow.hasFailed()) {
			throw new ActionImpossible(
					"Workflow %s is %s with Status %s; only what is REJECTED, or FINISHED with Status FAILED, is tried again"
						.formatted(workflow.id(), workflow.phase(), workflow.status()));
		}
	}

	/** Checked again as of today: time or new rules may have spoiled it. */
	private Workflow another(Workflow failed) {
		var checked = reader.readRequest(failed.request().getBytes(UTF_8), DocumentFormat.JSON, failed.domainName());
		var request = checked.require();
		resources.require(request);
		// what was asked for stays the same, also where the request says more than that
		var document = documents.of(request, checked.warnings()).withDigest(failed.requestDigest());
		return Workflow.retry(failed, table.tagsOf(failed.id()), WorkflowId.next(), request, document,
				clock.instant().truncatedTo(ChronoUnit.MILLIS));
	}

	private void begin(Workflow retry, Workflow failed, String caller) {
		flowNames.reserve(retry.flowName(), retry.id()).ifPresent(holder -> {
			var domainName = table.find(holder).map(Workflow::domainName).orElse(null);
			throw new FlowNameTaken(retry.flowName(), holder, domainName);
		});
		history.add(failed, failed.phase(), Cause.of(caller, "Tried again as " + retry.id()));
		history.add(retry, null, Cause.of(caller, "Accepted as another try at " + failed.id()));
		outbox.add(WorkKinds.SUBMISSION, retry.id().toString(), retry.domainName());
	}

	private void beginAfterDeletion(Workflow retry, Workflow failed, String caller) {
		if (!flowNames.pass(failed, retry.id())) {
			throw new IllegalStateException("Workflow %s does not hold its FlowName".formatted(failed.id()));
		}
		workflows.carryOutDeletion(failed, Cause.of(caller, "Deletion asked for, to be tried again as " + retry.id()));
		history.add(retry, null,
				Cause.of(caller, "Accepted as another try at %s; waits until that is deleted".formatted(failed.id())));
		outbox.add(WorkKinds.RETRY, retry.id().toString(), retry.domainName());
	}

}
