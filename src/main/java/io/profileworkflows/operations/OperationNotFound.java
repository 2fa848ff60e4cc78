package io.profileworkflows.operations;

/**
 * There is no such operation, or none for this caller.
 */
public class OperationNotFound extends RuntimeException {

	OperationNotFound(OperationId id) {
		super("Operation %s does not exist, or is another caller's".formatted(id));
	}

}
