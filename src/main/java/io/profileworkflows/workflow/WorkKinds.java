package io.profileworkflows.workflow;

/**
 * The kinds of work that a workflow leaves in the outbox, for the modules that do it.
 */
public final class WorkKinds {

	/** Create it at AWS. Subject: the workflow's id. */
	public static final String SUBMISSION = "submission";

	/** Delete it at AWS. Subject: the workflow's id. */
	public static final String DELETION = "deletion";

	/**
	 * Let another try at a workflow begin once that one is deleted at AWS. Subject: the
	 * id of the new workflow.
	 */
	public static final String RETRY = "retry";

	/** Follow what runs in a domain at AWS. Subject: {@link #trackingOf}. */
	public static final String TRACKING = "tracking";

	/**
	 * Find out what is uncertain in a domain at AWS. Subject: {@link #reconciliationOf}.
	 */
	public static final String RECONCILIATION = "reconciliation";

	/** Follow the flows of all complete workflows at AppFlow. Subject: {@link #FLOWS}. */
	public static final String FLOWS = "flows";

	private WorkKinds() {
	}

	public static String trackingOf(String domainName) {
		return "domains/" + domainName;
	}

	public static String reconciliationOf(String domainName) {
		return "uncertain/" + domainName;
	}

}
