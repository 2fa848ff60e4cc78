package io.profileworkflows.workflow;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/**
 * Names a workflow as AWS names its own: 32 hex digits without dashes. Ours are UUIDs of
 * version 7, so that they sort by the time they were made.
 */
public record WorkflowId(UUID value) {

	/** What an id looks like on the wire, AWS's and ours. */
	public static final String PATTERN = "[a-f0-9]{32}";

	private static final Pattern WIRE_FORM = Pattern.compile(PATTERN);

	private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

	static WorkflowId next() {
		return new WorkflowId(GENERATOR.generate());
	}

	public static Optional<WorkflowId> parse(String text) {
		if (!WIRE_FORM.matcher(text).matches()) {
			return Optional.empty();
		}
		return Optional.of(new WorkflowId(
				new UUID(Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16))));
	}

	/**
	 * Reads back an id that this service has written itself.
	 */
	public static WorkflowId of(String text) {
		return parse(text).orElseThrow(() -> new IllegalArgumentException("Not the id of a workflow: " + text));
	}

	@Override
	public String toString() {
		return value.toString().replace("-", "");
	}

}
