package io.profileworkflows.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list. The token names the last item shown rather than a number, so that
 * what is created while somebody turns pages moves nothing.
 */
record Page<T>(List<T> items, @Nullable String nextToken) {

	static <T> Page<T> of(List<T> all, Function<T, String> key, Route route) {
		var size = Checks.maxResults(route.parameter("max-results"));
		var from = start(all, key, route.parameter("next-token"));
		var items = all.subList(from, Math.min(all.size(), from + size));
		var more = from + size < all.size();
		return new Page<>(items, more ? encode(key.apply(items.getLast())) : null);
	}

	private static <T> int start(List<T> all, Function<T, String> key, @Nullable String token) {
		if (token == null) {
			return 0;
		}
		var last = decode(token);
		for (var index = 0; index < all.size(); index++) {
			if (key.apply(all.get(index)).compareTo(last) > 0) {
				return index;
			}
		}
		return all.size();
	}

	private static String encode(String key) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(("after:" + key).getBytes(StandardCharsets.UTF_8));
	}

	private static String decode(String token) {
		try {
			var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
			if (text.startsWith("after:")) {
				return text.substring("after:".length());
			}
		}
		catch (IllegalArgumentException _) {
			// refused below
		}
		throw Refusal.badRequest("The NextToken is not valid");
	}

}
