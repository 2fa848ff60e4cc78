package io.profileworkflows.security;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Of a request, what a signature covers.
 *
 * @param path as it was sent, with all percent signs
 * @param query as it was sent
 * @param headers names in lower case
 */
record SignedRequest(String method, String path, @Nullable String query, Map<String, List<String>> headers,
		BodyContent body) {

	SignedRequest(String method, String path, @Nullable String query, Map<String, List<String>> headers, byte[] body) {
		this(method, path, query, headers, BodyContent.of(body));
	}

	@Nullable String header(String name) {
		var values = headers.getOrDefault(name, List.of());
		if (values.size() > 1) {
			throw Refused.incomplete("The header %s must be there once".formatted(name));
		}
		return values.isEmpty() ? null : values.getFirst();
	}

	/**
	 * The same with none but these headers.
	 * @throws Refused when one of them is not there
	 */
	SignedRequest withHeaders(List<String> names) {
		var kept = new TreeMap<String, List<String>>();
		for (var name : names) {
			var values = headers.get(name);
			if (values == null) {
				throw Refused
					.signature("SignedHeaders names %s, which is not among the headers that arrived".formatted(name));
			}
			kept.put(name, values);
		}
		return new SignedRequest(method, path, query, kept, body);
	}

	SignedRequest withBody(BodyContent body) {
		return new SignedRequest(method, path, query, headers, body);
	}

	/** Without headers and body, which are confidential. */
	@Override
	public String toString() {
		return "SignedRequest[%s %s]".formatted(method, path);
	}

	/** Names and values of the query without their encoding. */
	static Map<String, List<String>> parametersOf(@Nullable String query) {
		var parameters = new LinkedHashMap<String, List<String>>();
		for (var parameter : ((query != null) ? query : "").split("&")) {
			if (!parameter.isEmpty()) {
				var pair = parameter.split("=", 2);
				parameters.computeIfAbsent(decoded(pair[0]), _ -> new ArrayList<>())
					.add((pair.length == 2) ? decoded(pair[1]) : "");
			}
		}
		return parameters;
	}

	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException _) {
			throw Refused.incomplete("The query is not encoded properly");
		}
	}

}
