package io.profileworkflows.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.workflow.web.ApiPage;
import io.profileworkflows.workflow.web.ApiPage.Described;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests as the OpenAPI document describes them. What they would store says which
 * request it came from.
 */
class ValidRequests {

	static final String JSON_TYPE = "application/json";

	private static final String CREATE = "CreateIntegrationWorkflow";

	/** Would hold a connection for its time. */
	private static final Set<String> NOT_GENERATED = Set.of("Prefer");

	private static final JsonMapper JSON = new JsonMapper();

	private final Values values;

	private final Stock stock;

	ValidRequests(ApiPage page, Stock stock) {
		this.values = new Values(page);
		this.stock = stock;
	}

	/** One with everything that it needs and nothing else, for that workflow. */
	static RawRequest plain(Described operation, Object id, String marker) {
		var target = operation.path()
			.replace("{DomainName}", Stock.DOMAIN)
			.replace("{WorkflowId}", id.toString())
			.replace("{SubscriptionId}", id.toString())
			.replace("{DeliveryId}", "evt_" + id)
			.replace("{OperationId}", Stock.NOBODY)
			.replace("{resourceArn}", Stock.arnOf(id));
		if (operation.id().equals("UntagResource")) {
			target += "?tagKeys=team";
		}
		var request = RawRequest.of(operation.method(), target).with("Accept", JSON_TYPE);
		return hasDocument(operation) ? request.with("Content-Type", JSON_TYPE)
			.withBody(document(operation, new Random(0), marker).toString()) : request;
	}

	/** One with whatever the document allows, and now and then something else. */
	RawRequest generated(Described operation, Random random, String marker) {
		var request = plain(operation, stock.any(random), marker);
		for (var parameter : operation.parameters().toList()) {
			var name = parameter.get("name").asString();
			if (random.nextInt(100) < 35 && !NOT_GENERATED.contains(name)) {
				var value = name.equals("Idempotency-Key") && random.nextInt(4) > 0 ? marker
						: values.text(parameter.get("schema"), random);
				request = switch (parameter.get("in").asString()) {
					case "query" -> withParameter(request, name, value);
					case "header" -> request.with(name, value.replaceAll("[\\x00-\\x1f]", ""));
					default -> request;
				};
			}
		}
		if (hasDocument(operation)) {
			var document = random.nextInt(3) > 0 ? document(operation, random, marker)
					: plant(values.value(schema(operation), random), marker);
			request = request.withBody(document.toString());
		}
		return random.nextInt(5) == 0 ? request.with("Accept", "application/yaml") : request;
	}

	static RawRequest withParameter(RawRequest request, String name, String value) {
		return request.withTarget(request.target() + (request.target().contains("?") ? "&" : "?") + name + "="
				+ URLEncoder.encode(value, StandardCharsets.UTF_8));
	}

	static boolean hasDocument(Described operation) {
		return operation.node().has("requestBody");
	}

	private static JsonNode schema(Described operation) {
		return operation.node().at("/requestBody/content").get(JSON_TYPE).get("schema");
	}

	private static JsonNode document(Described operation, Random random, String marker) {
		if (operation.id().equals(CREATE) && random.nextInt(2) == 0) {
			var sample = SampleRequest.of(Stock.DOMAIN, marker).tags(Map.of("team", "crm"));
			return plant(JSON.readTree(sample.json()), marker);
		}
		var examples = operation.bodies()
			.filter(body -> body.getKey().equals(JSON_TYPE) && body.getValue().isContainer())
			.map(Map.Entry::getValue)
			.toList();
		return examples.isEmpty() ? JSON.createObjectNode() : plant(Values.oneOf(examples, random).deepCopy(), marker);
	}

	/** Writes whose it is wherever a person may write something. */
	private static JsonNode plant(JsonNode node, String marker) {
		if (node instanceof ObjectNode object) {
			for (var name : Set.of("FlowName", "Reason")) {
				if (object.path(name).isString()) {
					object.put(name, marker);
				}
			}
			// of which a caller has one of each
			if (object.path("Name").isString() && object.has("Url")) {
				object.put("Name", marker);
			}
			for (var name : Set.of("tags", "Tags")) {
				if (object.get(name) instanceof ObjectNode tags) {
					Set.copyOf(tags.propertyNames()).forEach(key -> tags.put(key, marker));
				}
			}
			if (object.path("DomainName").isString()) {
				object.put("DomainName", Stock.DOMAIN);
			}
		}
		node.forEach(member -> plant(Objects.requireNonNull(member), marker));
		return node;
	}

}
