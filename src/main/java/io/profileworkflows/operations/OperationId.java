package io.profileworkflows.operations;

import java.util.Optional;
import java.util.UUID;

import io.profileworkflows.workflow.HexId;

/**
 * Names an action on many workflows, from its preview on. It cannot be guessed.
 */
public record OperationId(UUID value) {

	/** What it looks like on the wire. */
	public static final String PATTERN = HexId.PATTERN;

	static OperationId next() {
		return new OperationId(UUID.randomUUID());
	}

	public static Optional<OperationId> parse(String text) {
		return HexId.parse(text).map(OperationId::new);
	}

	@Override
	public String toString() {
		return HexId.write(value);
	}

}
