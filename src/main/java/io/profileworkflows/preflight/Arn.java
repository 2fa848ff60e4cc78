package io.profileworkflows.preflight;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The name of a thing at AWS, taken apart.
 *
 * @param region empty for what is in all of them
 * @param resource kind and name, such as {@code role/ingest}
 */
record Arn(String region, String account, String resource) {

	private static final Pattern ROLE = Pattern.compile("role/(?:[!-~]+/)?(?<name>[\\w+=,.@-]{1,64})");

	private static final String KEY = "key/";

	static @Nullable Arn parse(String arn) {
		var parts = arn.split(":", 6);
		return (parts.length == 6 && parts[0].equals("arn")) ? new Arn(parts[3], parts[4], parts[5]) : null;
	}

	/** The name of a role without its path, or null if this is no role's. */
	@Nullable String roleName() {
		var role = ROLE.matcher(resource);
		return role.matches() ? role.group("name") : null;
	}

	/** Whether it names a key itself, and not an alias that stands for one. */
	static boolean isOfKey(String name) {
		var arn = parse(name);
		return arn != null && arn.resource().startsWith(KEY);
	}

}
