package io.profileworkflows.workflow;

import java.util.Map;
import java.util.Set;

import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.outbox.Origin;

/**
 * Lets workflows begin in the transaction that accepts them, if no other work waits. Then
 * only the commit is between the answer and AWS.
 */
public interface HeadStart {

	/** In a process that only takes workflows in. */
	HeadStart NONE = _ -> Begin.NONE;

	/**
	 * Asks for leave, in the transaction that is to take these in.
	 * @param requests what is asked for with each, in the order in which they came
	 */
	Begin ask(Map<Workflow, CreateIntegrationWorkflow> requests);

	/**
	 * Leave for some workflows. It ends with the transaction.
	 */
	interface Begin {

		Begin NONE = new Begin() {

			@Override
			public Set<WorkflowId> chosen() {
				return Set.of();
			}

			@Override
			public void begin(RoundTrip trip, Map<Workflow, Origin> added) {
			}

		};

		/** Those that begin if they are taken in, and are stored as SUBMITTING then. */
		Set<WorkflowId> chosen();

		/** Begins those of the chosen that were taken in. */
		void begin(RoundTrip trip, Map<Workflow, Origin> added);

	}

}
