package io.profileworkflows.simulator;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import static io.profileworkflows.simulator.Operation.CREATE_INTEGRATION_WORKFLOW;
import static io.profileworkflows.simulator.Operation.DELETE_WORKFLOW;
import static io.profileworkflows.simulator.Operation.GET_DOMAIN;
import static io.profileworkflows.simulator.Operation.GET_PROFILE_OBJECT_TYPE;
import static io.profileworkflows.simulator.Operation.GET_WORKFLOW;
import static io.profileworkflows.simulator.Operation.GET_WORKFLOW_STEPS;
import static io.profileworkflows.simulator.Operation.LIST_INTEGRATIONS;
import static io.profileworkflows.simulator.Operation.LIST_TAGS_FOR_RESOURCE;
import static io.profileworkflows.simulator.Operation.LIST_WORKFLOWS;
import static io.profileworkflows.simulator.Operation.TAG_RESOURCE;
import static io.profileworkflows.simulator.Operation.UNTAG_RESOURCE;

/**
 * Which operation a method and path mean. Segments are split before they are decoded: the
 * ARN of a tag operation is one segment with {@code %2F} inside.
 *
 * @param subject the workflow id, object type or ARN, if the operation has one
 */
record Route(@Nullable Operation operation, String domainName, String subject, Map<String, List<String>> query) {

	static Route of(String method, URI uri) {
		var segments = Arrays.stream(uri.getRawPath().substring(1).split("/", -1)).map(Route::decoded).toList();
		var query = parametersOf(uri);
		if (segments.size() == 1) {
			return new Route(method.equals("POST") ? Operation.ofAppFlow(uri.getPath()) : null, "", "", query);
		}
		if (segments.size() == 2 && segments.getFirst().equals("tags")) {
			return new Route(tagOperation(method), "", segments.getLast(), query);
		}
		if (segments.size() < 2 || segments.size() > 5 || !segments.getFirst().equals("domains")) {
			return new Route(null, "", "", query);
		}
		var operation = domainOperation(method, segments.subList(2, segments.size()));
		return new Route(operation, segments.get(1), segments.size() > 3 ? segments.get(3) : "", query);
	}

	private static @Nullable Operation tagOperation(String method) {
		return switch (method) {
			case "GET" -> LIST_TAGS_FOR_RESOURCE;
			case "POST" -> TAG_RESOURCE;
			case "DELETE" -> UNTAG_RESOURCE;
			default -> null;
		};
	}

	private static @Nullable Operation domainOperation(String method, List<String> rest) {
		var kind = rest.isEmpty() ? "" : rest.getFirst();
		return switch (method + " " + kind + " " + rest.size()) {
			case "GET  0" -> GET_DOMAIN;
			case "POST workflows 1" -> LIST_WORKFLOWS;
			case "POST workflows 2" -> rest.getLast().equals("integrations") ? CREATE_INTEGRATION_WORKFLOW : null;
			case "GET workflows 2" -> GET_WORKFLOW;
			case "DELETE workflows 2" -> DELETE_WORKFLOW;
			case "GET workflows 3" -> rest.getLast().equals("steps") ? GET_WORKFLOW_STEPS : null;
			case "GET object-types 2" -> GET_PROFILE_OBJECT_TYPE;
			case "GET integrations 1" -> LIST_INTEGRATIONS;
			default -> null;
		};
	}

	@Nullable String parameter(String name) {
		var values = query.getOrDefault(name, List.of());
		return values.isEmpty() ? null : values.getFirst();
	}

	static Map<String, List<String>> parametersOf(URI uri) {
		var parameters = new LinkedHashMap<String, List<String>>();
		if (uri.getRawQuery() != null) {
			for (var pair : uri.getRawQuery().split("&")) {
				var parts = pair.split("=", 2);
				parameters.computeIfAbsent(decodedQuery(parts[0]), _ -> new ArrayList<>())
					.add(parts.length > 1 ? decodedQuery(parts[1]) : "");
			}
		}
		return parameters;
	}

	/** A plus stands for itself in a path, and for a space in a query only. */
	private static String decoded(String segment) {
		return decodedQuery(segment.replace("+", "%2B"));
	}

	private static String decodedQuery(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

}
