package io.profileworkflows.http;

import org.jspecify.annotations.Nullable;

/**
 * A parameter that is true or false. The name alone means true, as in {@code ?dry-run};
 * Spring would read that as false.
 */
public final class Flag {

	private Flag() {
	}

	public static boolean of(String name, @Nullable String given) {
		return switch (given) {
			case null -> false;
			case "false" -> false;
			case "", "true" -> true;
			default -> throw new BadParameter(name, "must be true or false");
		};
	}

}
