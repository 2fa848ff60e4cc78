package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Calls Amazon Connect Customer Profiles for workflows. Every call blocks for at most
 * {@link #callTimeout()}, and only reads are ever repeated.
 */
@Component
public class CustomerProfiles {

	/**
	 * Sent with every call. A service that receives it has been pointed at itself, and
	 * says so with status 508 and the error {@code LoopDetectedException}.
	 */
	public static final String HOP_HEADER = "x-profile-workflows-hop";

	private static final int PAGE_SIZE = 100;

	private static final Duration PREPARATION = Duration.ofSeconds(3);

	private static final Logger log = LoggerFactory.getLogger(CustomerProfiles.class);

	private static final int MOST_PAGES_OF_STEPS = 100;

	private final Clients clients;

	private final UpstreamSettings settings;

	private final UpstreamCalls calls;

	CustomerProfiles(Clients clients, UpstreamSettings settings, UpstreamCalls calls) {
		this.clients = clients;
		this.settings = settings;
		this.calls = calls;
	}

	public Duration callTimeout() {
		return settings.callTimeout();
	}

	/**
	 * Asks for a workflow once, and never again by itself. Nothing is sent outside of its
	 * turn or after the deadline, and no answer is awaited for longer.
	 * @return what came of it, always: it throws nothing
	 */
	public CreateOutcome create(CreateIntegrationWorkflow request, Deadline deadline, Departure departure) {
		return calls.create(departed -> new Creation(request, deadline, departure, callTimeout())
			.sendOn(clients.creating(), departed));
	}

	/**
	 * Loads, signs and connects what creates need by a read that nothing depends on, so
	 * that the first of them does not cost its turn. AWS need not be there for it.
	 */
	public void prepareForCreates(String domainName) {
		var patience = Deadline.in(PREPARATION);
		try {
			calls.look(Operation.LIST_WORKFLOWS, patience,
					() -> clients.creating()
						.listWorkflows(query -> query.domainName(domainName)
							.maxResults(1)
							.overrideConfiguration(
									call -> call.apiCallTimeout(PREPARATION).apiCallAttemptTimeout(PREPARATION))),
					answer -> answer.items().size());
		}
		catch (CallFailed failure) {
			log.debug("Nothing came back while creates were prepared", failure);
		}
	}

	/**
	 * Lists up to 100 workflows created between two moments.
	 * @return empty if AWS does not know the domain or does not show it to us, which is
	 * no proof that it has no workflows
	 * @throws CallFailed if AWS gave no answer
	 */
	public Optional<RemotePage> list(Priority priority, String domainName, @Nullable Instant from, @Nullable Instant to,
			@Nullable String nextToken) {
		return calls.read(Operation.LIST_WORKFLOWS, priority,
				() -> clients.reading()
					.listWorkflows(query -> query.domainName(domainName)
						.queryStartDate(from)
						.queryEndDate(to)
						.nextToken(nextToken)
						.maxResults(PAGE_SIZE)),
				Answers::page);
	}

	/**
	 * Looks at one workflow.
	 * @return empty if AWS does not know it, or does not show it to us
	 * @throws CallFailed if AWS gave no answer
	 */
	public Optional<RemoteWorkflow> find(Priority priority, String domainName, String workflowId) {
		return calls.read(Operation.GET_WORKFLOW, priority,
				() -> clients.reading().getWorkflow(query -> query.domainName(domainName).workflowId(workflowId)),
				answer -> Answers.workflow(workflowId, answer));
	}

	/**
	 * Lists all steps of a workflow, call by call.
	 * @return empty if it has none yet, and also if AWS does not know it or does not show
	 * it to us
	 * @throws CallFailed if AWS gave no answer, or an endless one: a part of the steps is
	 * never taken for all
	 */
	public List<RemoteStep> steps(Priority priority, String domainName, String workflowId) {
		var steps = new ArrayList<RemoteStep>();
		String nextToken = null;
		for (int page = 0; page < MOST_PAGES_OF_STEPS; page++) {
			var token = nextToken;
			var part = calls.read(Operation.GET_WORKFLOW_STEPS, priority,
					() -> clients.reading()
						.getWorkflowSteps(query -> query.domainName(domainName)
							.workflowId(workflowId)
							.nextToken(token)
							.maxResults(PAGE_SIZE)),
					Answers::steps);
			if (part.isEmpty()) {
				return List.of();
			}
			steps.addAll(part.get().steps());
			nextToken = part.get().nextToken();
			if (nextToken == null) {
				return List.copyOf(steps);
			}
		}
		throw new CallFailed("GetWorkflowSteps", Fault.unusable("More steps than can be read"), null);
	}

	/**
	 * Deletes a workflow at AWS, and with it all its resources.
	 * @return what came of it, always: it throws nothing
	 */
	public DeleteOutcome delete(String domainName, String workflowId) {
		return calls.delete(
				() -> clients.deleting().deleteWorkflow(query -> query.domainName(domainName).workflowId(workflowId)));
	}

}
