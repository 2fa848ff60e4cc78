package io.profileworkflows.workflow;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The form of ids on the wire, AWS's and ours: 32 hex digits without dashes.
 */
public final class HexId {

	public static final String PATTERN = "[a-f0-9]{32}";

	private static final Pattern FORM = Pattern.compile(PATTERN);

	private HexId() {
	}

	public static String write(UUID id) {
		return id.toString().replace("-", "");
	}

	public static Optional<UUID> parse(String text) {
		if (!FORM.matcher(text).matches()) {
			return Optional.empty();
		}
		return Optional.of(new UUID(Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16)));
	}

}
