package io.profileworkflows.simulator;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * AppFlow's operations as AWS answers them, as far as flows are followed, started and
 * stopped, and connections and objects are looked at.
 */
final class AppFlowOperations {

	private static final int MOST_RESULTS = 100;

	private static final List<String> COMPARISONS = List.of("EQUAL_TO", "NOT_EQUAL_TO", "LESS_THAN", "GREATER_THAN",
			"BETWEEN", "CONTAINS");

	/** By the objects that the samples name, and their fields. */
	private static final Map<String, List<String>> OBJECTS = Map.of("Account",
			List.of("Id", "Name", "Phone", "LastModifiedDate", "Industry", "Legacy__c", "Secret__c"), "Contact",
			List.of("Id", "Name", "Phone", "Street", "City", "Orders", "Returns", "LastModifiedDate", "Email"),
			"incident", List.of("sys_id", "caller_id", "opened_at", "sys_updated_on", "number"), "leads",
			List.of("id", "email", "firstName", "lastName", "createdAt", "updatedAt"));

	private final Flows flows;

	private final Account account;

	AppFlowOperations(Flows flows, Account account) {
		this.flows = flows;
		this.account = account;
	}

	JsonNode carryOut(Operation operation, JsonNode body) {
		return switch (operation) {
			case LIST_FLOWS -> page(body, "flows", flows.all().stream().map(SimulatedFlow::toListItem).toList());
			case DESCRIBE_FLOW -> flow(body).toDescription();
			case DESCRIBE_FLOW_EXECUTION_RECORDS ->
				page(body, "flowExecutions", flow(body).runs().stream().map(SimulatedRun::toJson).toList());
			case DESCRIBE_CONNECTOR_PROFILES -> profiles(body);
			case DESCRIBE_CONNECTOR_ENTITY -> entity(body);
			case START_FLOW -> start(body);
			case STOP_FLOW -> stop(body);
			default -> throw new IllegalArgumentException("AppFlow has no " + operation);
		};
	}

	private SimulatedFlow flow(JsonNode body) {
		return flows.require(Json.text(body.path("flowName")));
	}

	private static ObjectNode page(JsonNode body, String member, List<ObjectNode> all) {
		var size = body.path("maxResults").asInt(MOST_RESULTS);
		if (size < 1 || size > MOST_RESULTS) {
			throw Refusal.validation("maxResults must be 1 to " + MOST_RESULTS);
		}
		var from = 0;
		var token = Json.textOrNull(body.path("nextToken"));
		if (token != null) {
			if (!token.matches("\\d{1,6}")) {
				throw Refusal.validation("The nextToken is not valid");
			}
			from = Math.min(Integer.parseInt(token), all.size());
		}
		var to = Math.min(all.size(), from + size);
		var answer = Json.object();
		var items = answer.putArray(member);
		all.subList(from, to).forEach(items::add);
		if (to < all.size()) {
			answer.put("nextToken", Integer.toString(to));
		}
		return answer;
	}

	private JsonNode start(JsonNode body) {
		var flow = flow(body);
		var answer = Json.object().put("flowStatus", "Active");
		if (flow.triggerType().equals("OnDemand")) {
			var token = Json.textOrNull(body.path("clientToken"));
			answer.put("executionId", account.start(flow.flowName(), token));
		}
		else if (flow.trouble() != null && flow.trouble().stopsRuns()) {
			account.mend(flow.flowName());
		}
		return answer;
	}

	private JsonNode stop(JsonNode body) {
		var flow = flow(body);
		if (flow.triggerType().equals("OnDemand")) {
			throw Refusal.of(400, "UnsupportedOperationException", "A flow that runs on demand cannot be stopped");
		}
		account.trouble(flow.flowName(), Trouble.SUSPENDED);
		return Json.object().put("flowStatus", "Suspended");
	}

	private static JsonNode profiles(JsonNode body) {
		var answer = Json.object();
		var details = answer.putArray("connectorProfileDetails");
		for (var name : body.path("connectorProfileNames")) {
			var text = Json.text(name);
			if (text.startsWith("hidden")) {
				throw Refusal.accessDenied("User is not authorized to perform: appflow:DescribeConnectorProfiles");
			}
			if (!text.startsWith("missing")) {
				details.addObject()
					.put("connectorProfileName", text)
					.put("connectorType", typeOf(text))
					.put("connectionMode", "Public");
			}
		}
		return answer;
	}

	/** By its name, as people would call it. */
	private static String typeOf(String profile) {
		if (profile.startsWith("marketo")) {
			return "Marketo";
		}
		if (profile.startsWith("itsm") || profile.startsWith("servicenow")) {
			return "Servicenow";
		}
		return (profile.startsWith("support") || profile.startsWith("zendesk")) ? "Zendesk" : "Salesforce";
	}

	private static JsonNode entity(JsonNode body) {
		var profile = Json.text(body.path("connectorProfileName"));
		var object = Json.text(body.path("connectorEntityName"));
		if (profile.startsWith("hidden")) {
			throw Refusal.accessDenied("User is not authorized to perform: appflow:DescribeConnectorEntity");
		}
		if (profile.startsWith("expired")) {
			throw Refusal.of(401, "ConnectorAuthenticationException", "The refresh token has expired");
		}
		if (object.startsWith("Missing")) {
			throw Refusal.notFound("Entity %s does not exist".formatted(object));
		}
		var fields = OBJECTS.get(object);
		if (fields == null) {
			throw Refusal.of(400, "ConnectorServerException", "The source does not answer");
		}
		var answer = Json.object();
		var shown = answer.putArray("connectorEntityFields");
		fields.forEach(field -> shown.add(field(field)));
		return answer;
	}

	private static ObjectNode field(String name) {
		var isTime = name.endsWith("Date") || name.endsWith("_at") || name.endsWith("_on") || name.endsWith("At");
		var field = Json.object().put("identifier", name).put("label", name);
		field.put("isDeprecated", name.startsWith("Legacy"));
		var operators = field.putObject("supportedFieldTypeDetails")
			.putObject("v1")
			.put("fieldType", isTime ? "datetime" : "string")
			.putArray("filterOperators");
		operators.add("PROJECTION");
		if (!name.startsWith("Secret")) {
			COMPARISONS.stream().filter(operator -> !isTime || !operator.equals("CONTAINS")).forEach(operators::add);
		}
		field.putObject("sourceProperties")
			.put("isRetrievable", !name.startsWith("Secret"))
			.put("isQueryable", true)
			.put("isTimestampFieldForIncrementalQueries", isTime);
		return field;
	}

}
