package io.profileworkflows.ui;

import java.util.Arrays;
import java.util.Locale;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.operations.BulkAction;

/**
 * What a person can have done to many workflows, and what then happens at AWS.
 */
enum BulkDeed {

	RETRY(BulkAction.RETRY, "Try again",
			"A workflow that is REJECTED is not at AWS: CreateIntegrationWorkflow is sent for a new one with the same "
					+ "request. For one that is FAILED, DeleteWorkflow is sent first, since its flow may still hold the "
					+ "FlowName. Workflows that have not failed are refused and stay as they are."),

	DELETE(BulkAction.DELETE, "Delete",
			"DeleteWorkflow is sent to AWS for each workflow that is there, which deletes it and its integration. "
					+ "Profiles that it made may stay. What was not sent yet is cancelled. If it is not known whether AWS "
					+ "has a workflow, the deletion is remembered and sent once that is known."),

	TAG(BulkAction.TAG, "Change tags", "Nothing is sent to AWS: this service keeps the tags.");

	private final BulkAction action;

	private final String label;

	private final String consequence;

	BulkDeed(BulkAction action, String label, String consequence) {
		this.action = action;
		this.label = label;
		this.consequence = consequence;
	}

	/**
	 * @throws BadParameter when there is none of that name
	 */
	static BulkDeed at(String path) {
		return Arrays.stream(values())
			.filter(deed -> deed.path().equals(path))
			.findFirst()
			.orElseThrow(() -> new BadParameter("action", "must be retry, delete or tag"));
	}

	static BulkDeed of(BulkAction action) {
		return Arrays.stream(values()).filter(deed -> deed.action == action).findFirst().orElseThrow();
	}

	/**
	 * @param workflows how many, in words
	 */
	public String title(String workflows) {
		return switch (this) {
			case RETRY -> "Try %s again".formatted(workflows);
			case DELETE -> "Delete %s".formatted(workflows);
			case TAG -> "Change the tags of %s".formatted(workflows);
		};
	}

	BulkAction action() {
		return action;
	}

	public String path() {
		return name().toLowerCase(Locale.ROOT);
	}

	public String label() {
		return label;
	}

	/** What then happens at AWS. */
	public String consequence() {
		return consequence;
	}

	/** Whether it takes something away. */
	public boolean isHarsh() {
		return this == DELETE;
	}

	/** Whether an operator may confirm it for adopted workflows. */
	public boolean isAboutAdopted() {
		return this != TAG;
	}

}
