package io.profileworkflows.operations;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names an action on many workflows, from its preview on. It cannot be guessed.
 */
public record OperationId(UUID value) {

	/** What it looks like on the wire. */
	public static final String PATTERN = "[a-f0-9]{32}";

	private static final Pattern WIRE_FORM = Pattern.compile(PATTERN);

	static OperationId next() {
		return new OperationId(UUID.randomUUID());
	}

	public static Optional<OperationId> parse(String text) {
		if (!WIRE_FORM.matcher(text).matches()) {
			return Optional.empty();
		}
		return Optional.of(new OperationId(
				new UUID(Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16))));
	}

	@Override
	public String toString() {
		return value.toString().replace("-", "");
	}

}
