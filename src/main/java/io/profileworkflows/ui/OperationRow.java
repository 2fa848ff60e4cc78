package io.profileworkflows.ui;

import io.profileworkflows.operations.BulkOperation;

/**
 * An action on many workflows, in a list or by itself.
 */
record OperationRow(BulkOperation operation, BulkDeed deed, Mark mark, String state) {

	static OperationRow of(BulkOperation operation) {
		return new OperationRow(operation, BulkDeed.of(operation.action()), markOf(operation), stateOf(operation));
	}

	private static Mark markOf(BulkOperation operation) {
		return switch (operation.state()) {
			case RUNNING -> Mark.MOVING;
			case FINISHED -> (operation.refused() > 0) ? Mark.PERSON : Mark.DONE;
			case CANCELLED -> Mark.ENDED;
		};
	}

	private static String stateOf(BulkOperation operation) {
		return switch (operation.state()) {
			case RUNNING -> "Running";
			case FINISHED -> "Finished";
			case CANCELLED -> "Cancelled";
		};
	}

	public String href() {
		return "/ui/operations/" + operation.id();
	}

	/** Workflows to which it has come. */
	public int over() {
		return operation.total() - operation.pending();
	}

	public boolean isRunning() {
		return mark == Mark.MOVING;
	}

	/** What is done, with how many. */
	public String title(Words words) {
		return deed.title(words.workflows(operation.total()));
	}

}
