package io.profileworkflows.simulator;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What AWS surely refuses at once: what its model requires and is not there. The rest of
 * a mistaken request is accepted, as it surfaces only later at AWS too.
 */
final class Checks {

	static final Set<String> STATUSES = Set.of("NOT_STARTED", "IN_PROGRESS", "COMPLETE", "FAILED", "SPLIT", "RETRY",
			"CANCELLED");

	private static final Pattern DOMAIN_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private static final Pattern WORKFLOW_ID = Pattern.compile("[a-f0-9]{32}");

	private static final Pattern PROFILE_ARN = Pattern.compile("arn:[a-z0-9]{1,10}:profile.*");

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final List<String> REQUIRED_TEXTS = List.of("/WorkflowType", "/ObjectTypeName", "/RoleArn",
			FLOW + "/FlowName", FLOW + "/KmsArn", FLOW + "/SourceFlowConfig/ConnectorType",
			FLOW + "/TriggerConfig/TriggerType");

	private static final List<String> REQUIRED_OBJECTS = List.of("/IntegrationConfig",
			"/IntegrationConfig/AppflowIntegration", FLOW, FLOW + "/SourceFlowConfig",
			FLOW + "/SourceFlowConfig/SourceConnectorProperties", FLOW + "/TriggerConfig");

	private static final int MOST_TAGS = 50;

	private static final int MOST_RESULTS = 100;

	private Checks() {
	}

	static JsonNode body(String body) {
		try {
			var json = body.isBlank() ? Json.object() : Json.MAPPER.readTree(body);
			if (json.isObject()) {
				return json;
			}
		}
		catch (JacksonException failure) {
			throw Refusal
				.badRequest("Could not parse request body into json: %s".formatted(failure.getOriginalMessage()));
		}
		throw Refusal.badRequest("Could not parse request body into json: not an object");
	}

	static void domain(String domainName) {
		if (!DOMAIN_NAME.matcher(domainName).matches()) {
			throw invalid(domainName, "domainName", "Member must satisfy regular expression pattern: ^[a-zA-Z0-9_-]+$");
		}
		if (domainName.startsWith("missing")) {
			throw Refusal.notFound("Domain %s does not exist".formatted(domainName));
		}
	}

	static void objectType(String objectTypeName) {
		if (objectTypeName.startsWith("Missing")) {
			throw Refusal.notFound("Object type %s does not exist".formatted(objectTypeName));
		}
	}

	static void workflowId(String workflowId) {
		if (!WORKFLOW_ID.matcher(workflowId).matches()) {
			throw invalid(workflowId, "workflowId", "Member must satisfy regular expression pattern: [a-f0-9]{32}");
		}
	}

	static void arn(String arn) {
		if (!PROFILE_ARN.matcher(arn).matches()) {
			throw invalid(arn, "resourceArn",
					"Member must satisfy regular expression pattern: ^arn:[a-z0-9]{1,10}:profile");
		}
	}

	static void create(JsonNode request, String accountId) {
		for (var pointer : REQUIRED_OBJECTS) {
			require(request.at(pointer).isObject(), pointer);
		}
		for (var pointer : REQUIRED_TEXTS) {
			require(request.at(pointer).isString(), pointer);
		}
		require(request.at(FLOW + "/Tasks").isArray(), FLOW + "/Tasks");
		for (var batch : request.at("/IntegrationConfig/AppflowIntegration/Batches")) {
			require(batch.path("StartTime").isNumber(), "/Batches/StartTime");
			require(batch.path("EndTime").isNumber(), "/Batches/EndTime");
		}
		if (request.has("Tags")) {
			tags(request.path("Tags"));
		}
		var workflowType = Json.text(request.path("WorkflowType"));
		if (!workflowType.equals("APPFLOW_INTEGRATION")) {
			throw invalid(workflowType, "workflowType", "Member must satisfy enum value set: [APPFLOW_INTEGRATION]");
		}
		objectType(Json.text(request.path("ObjectTypeName")));
		role(Json.text(request.path("RoleArn")), accountId);
		if (Json.text(request.at(FLOW + "/FlowName")).contains("refused")) {
			throw Refusal.badRequest("The flow was refused");
		}
	}

	private static void role(String roleArn, String accountId) {
		if (roleArn.contains("denied")) {
			throw Refusal.accessDenied(
					"User: arn:aws:iam::%s:user/profile-workflows is not authorized to perform: iam:PassRole on resource: %s"
						.formatted(accountId, roleArn));
		}
	}

	static void tags(JsonNode tags) {
		var complete = tags.isObject() && !tags.isEmpty() && tags.size() <= MOST_TAGS
				&& tags.valueStream().allMatch(JsonNode::isString);
		if (!complete) {
			throw Refusal.badRequest("1 validation error detected: Value at 'tags' failed to satisfy constraint: "
					+ "Map must have between 1 and 50 entries of text");
		}
	}

	static void tagKeys(List<String> keys) {
		if (keys.isEmpty() || keys.size() > MOST_TAGS) {
			throw Refusal.badRequest("1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: "
					+ "Member must have between 1 and 50 entries");
		}
	}

	static @Nullable String oneOf(Set<String> allowed, JsonNode value, String member) {
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		var text = value.asString("");
		if (!allowed.contains(text)) {
			throw invalid(text, member, "Member must satisfy enum value set: " + allowed.stream().sorted().toList());
		}
		return text;
	}

	static int maxResults(@Nullable String given) {
		if (given == null) {
			return MOST_RESULTS;
		}
		try {
			var number = Integer.parseInt(given);
			if (number >= 1 && number <= MOST_RESULTS) {
				return number;
			}
		}
		catch (NumberFormatException _) {
			// refused below, like a number out of range
		}
		throw invalid(given, "maxResults", "Member must have value between 1 and 100");
	}

	private static void require(boolean present, String pointer) {
		if (!present) {
			var member = pointer.substring(pointer.lastIndexOf('/') + 1);
			throw invalid("null", Character.toLowerCase(member.charAt(0)) + member.substring(1),
					"Member must not be null");
		}
	}

	private static Refusal invalid(String value, String member, String constraint) {
		return Refusal.badRequest("1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
			.formatted(value, member, constraint));
	}

}
