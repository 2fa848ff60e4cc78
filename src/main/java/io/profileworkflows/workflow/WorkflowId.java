package io.profileworkflows.workflow;

import java.util.Optional;
import java.util.UUID;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/**
 * The id of a workflow, in AWS's form: 32 hex digits without dashes. It is a UUID of
 * version 7, so ids sort by the time of their creation.
 */
public record WorkflowId(UUID value) {

	/** What an id looks like on the wire, AWS's and ours. */
	public static final String PATTERN = HexId.PATTERN;

	private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

	static WorkflowId next() {
		return new WorkflowId(GENERATOR.generate());
	}

	public static Optional<WorkflowId> parse(String text) {
		return HexId.parse(text).map(WorkflowId::new);
	}

	/**
	 * Reads back an id that this service has written itself.
	 */
	public static WorkflowId of(String text) {
		return parse(text).orElseThrow(() -> new IllegalArgumentException("Not the id of a workflow: " + text));
	}

	@Override
	public String toString() {
		return HexId.write(value);
	}

}
