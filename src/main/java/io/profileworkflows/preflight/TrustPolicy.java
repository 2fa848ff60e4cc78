package io.profileworkflows.preflight;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whom a role lets assume it, as far as services go. Conditions are not looked into:
 * nobody but AWS knows what will be true when the role is assumed.
 */
record TrustPolicy(List<JsonNode> statements) {

	private static final String ACTION = "sts:AssumeRole";

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * Reads a policy as IAM hands it out, percent-encoded.
	 * @throws IllegalArgumentException if it is none
	 */
	static TrustPolicy parse(String document) {
		// a plus is itself there, though not in the encoding of forms
		var json = document.startsWith("{") ? document
				: URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
		try {
			return new TrustPolicy(elements(JSON.readTree(json).path("Statement")).toList());
		}
		catch (JacksonException failure) {
			throw new IllegalArgumentException("Not a policy", failure);
		}
	}

	/** Whether a service may assume the role. An explicit denial goes before all else. */
	Verdict trusts(String service) {
		var about = statements.stream().filter(statement -> concerns(statement, service)).toList();
		if (about.stream().anyMatch(statement -> isDenial(statement) && !isConditional(statement))) {
			return Verdict.failed("denies %s to assume it, in its trust policy".formatted(service));
		}
		if (about.stream().allMatch(TrustPolicy::isDenial)) {
			return Verdict.failed("does not let %s assume it: its trust policy must name it".formatted(service));
		}
		if (about.stream().anyMatch(TrustPolicy::isDenial)) {
			return Verdict
				.unknown("The trust policy denies %s to assume the role under conditions that are not looked into"
					.formatted(service));
		}
		return about.stream().allMatch(TrustPolicy::isConditional)
				? Verdict.passed("trusts %s under conditions that are not looked into".formatted(service))
				: Verdict.passed();
	}

	private static boolean concerns(JsonNode statement, String service) {
		return isAbout(statement, service) && permits(statement);
	}

	private static boolean isAbout(JsonNode statement, String service) {
		return statement.has("NotPrincipal") ? !names(statement.path("NotPrincipal"), service)
				: names(statement.path("Principal"), service);
	}

	private static boolean names(JsonNode principal, String service) {
		return isEverybody(principal) || elements(principal.path("AWS")).anyMatch(TrustPolicy::isEverybody)
				|| elements(principal.path("Service"))
					.anyMatch(name -> isEverybody(name) || name.asString("").equalsIgnoreCase(service));
	}

	private static boolean isEverybody(JsonNode principal) {
		return principal.asString("").equals("*");
	}

	private static boolean permits(JsonNode statement) {
		return statement.has("NotAction") ? elements(statement.path("NotAction")).noneMatch(TrustPolicy::isAssumption)
				: elements(statement.path("Action")).anyMatch(TrustPolicy::isAssumption);
	}

	private static boolean isAssumption(JsonNode action) {
		var pattern = Stream.of(action.asString("").toLowerCase(Locale.ROOT).split("\\*", -1))
			.map(part -> Stream.of(part.split("\\?", -1)).map(Pattern::quote).collect(Collectors.joining(".")))
			.collect(Collectors.joining(".*"));
		return ACTION.toLowerCase(Locale.ROOT).matches(pattern);
	}

	private static boolean isDenial(JsonNode statement) {
		return statement.path("Effect").asString("").equals("Deny");
	}

	private static boolean isConditional(JsonNode statement) {
		return !statement.path("Condition").isEmpty();
	}

	/** Where a policy may have one or several. */
	private static Stream<JsonNode> elements(JsonNode node) {
		if (node.isArray()) {
			return node.valueStream();
		}
		return node.isMissingNode() ? Stream.empty() : Stream.of(node);
	}

}
