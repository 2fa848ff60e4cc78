package io.profileworkflows.integration;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The bounds of a filter with BETWEEN, as far as their order can be told.
 */
final class Bounds {

	private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?");

	private Bounds() {
	}

	/** False as well where it cannot be told. */
	static boolean areReversed(String lower, String upper) {
		if (NUMBER.matcher(lower).matches() && NUMBER.matcher(upper).matches()) {
			return new BigDecimal(lower).compareTo(new BigDecimal(upper)) > 0;
		}
		try {
			return Timestamps.read(lower).isAfter(Timestamps.read(upper));
		}
		catch (Timestamps.NotATime _) {
			return false;
		}
	}

}
