package io.profileworkflows.simulator;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.Objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person with curl, or another process, can ask of the simulator itself.
 */
final class AdminPages implements HttpHandler {

	static final String ROOT = "/_simulator";

	private static final String MANUAL = """
			A simulated Amazon Connect Customer Profiles. Point an AWS CLI or SDK at this port; no signature is checked.

			What it does by name
			  domain "missing..."          404 ResourceNotFoundException (all other domains exist)
			  object type "Missing..."     404 ResourceNotFoundException
			  RoleArn with "denied"        403 AccessDeniedException on create
			  FlowName with "refused"      400 BadRequestException on create
			  FlowName with "fail"         accepted, ends FAILED
			  FlowName already taken       accepted, ends FAILED

			Of IAM, KMS and S3 it answers GetRole, DescribeKey and HeadBucket, by name as well
			  role "missing...", bucket "missing...", key with "missing"   not there
			  role, bucket "hidden...", key with "hidden"                  access denied
			  role "untrusting..."         does not trust Customer Profiles
			  key with "disabled"          Disabled; an alias stands for the domains' key
			  bucket "elsewhere..."        in us-east-1

			GET    /_simulator/calls       every call; ?flow-name=, ?operation=, ?limit= (latest 1000). With a flow-name also
			                               Arrived and Acted: how many creates came, how many made a workflow
			GET    /_simulator/workflows   all workflows; ?flow-name=, ?domain-name=
			POST   /_simulator/workflows   plant one nobody asked for: {"DomainName": "retail", "FlowName": "x", and if you
			                               like "ConnectorType", "ConnectorProfileName", "RoleArn", "ObjectTypeName",
			                               "Batches": 2, "CreatedAt": 1767225600}; a profile may be null
			PUT    /_simulator/workflows/{WorkflowId}/status   {"Status": "CANCELLED", "Description": "by hand"}
			GET    /_simulator/flows       the flows at AppFlow, each made by a COMPLETE workflow; scheduled ones run by their
			                               rate, a minute of which passes in a second
			PUT    /_simulator/flows/{FlowName}/trouble   {"Trouble": "SUSPENDED"}: one of %2$s
			DELETE /_simulator/flows/{FlowName}/trouble   all is well with it again
			GET    /_simulator/faults
			PUT    /_simulator/faults      replaces all of them; without an Operation a fault is for any:
			                               {"Script":  [{"Operation": "CreateIntegrationWorkflow", "Fault": "RESET_AFTER", "Times": 2}],
			                                "Chances": [{"Fault": "DELAY_AFTER", "Delay": "PT2S", "Probability": 0.1}],
			                                "Seed": 42, "Lag": {"List": "PT2S", "Get": "PT0S", "Steps": "PT5S", "Delete": "PT0S"}}
			DELETE /_simulator/faults
			POST   /_simulator/reset       forgets workflows, tags, calls and faults

			Faults: %1$s
			RESET_AFTER, ERROR_500_AFTER, DELAY_AFTER, GARBAGE_200 and NO_ID_200 act first; DELAY_BEFORE and RESET_THEN_ACT act
			after their Delay; the others do not act.
			"""
		.formatted(List.of(Fault.Kind.values()), List.of(Trouble.values()));

	private final Simulator simulator;

	AdminPages(Simulator simulator) {
		this.simulator = simulator;
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Wire.write(exchange, answer(exchange));
		}
	}

	private Answer answer(HttpExchange exchange) throws IOException {
		var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		try {
			return answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
		}
		catch (Refusal failure) {
			return failure.answer();
		}
		catch (IllegalArgumentException | DateTimeException | JacksonException failure) {
			return Refusal.badRequest(Objects.requireNonNullElse(failure.getMessage(), "Not understood")).answer();
		}
	}

	private Answer answer(String method, URI uri, String body) {
		var path = uri.getPath().substring(ROOT.length()).replaceFirst("/$", "");
		return switch (method + " " + path) {
			case "GET " -> Answer.text(MANUAL);
			case "GET /calls" -> Answer.ok(calls(new Query(uri)));
			case "GET /workflows" -> Answer.ok(workflows(new Query(uri)));
			case "POST /workflows" -> Answer.ok(view(simulator.plant(foreign(Checks.body(body)))));
			case "GET /flows" -> Answer.ok(flows());
			case String put when put.startsWith("PUT /flows/") && put.endsWith("/trouble") -> {
				simulator.trouble(flowNameIn(path), Trouble.valueOf(required(Checks.body(body), "Trouble")));
				yield Answer.withoutContent();
			}
			case String delete when delete.startsWith("DELETE /flows/") && delete.endsWith("/trouble") -> {
				simulator.mend(flowNameIn(path));
				yield Answer.withoutContent();
			}
			case "GET /faults" -> Answer.ok(FaultsJson.write(simulator.faults().plan()));
			case "PUT /faults" -> {
				simulator.faults().replace(FaultsJson.read(Checks.body(body)));
				yield Answer.ok(FaultsJson.write(simulator.faults().plan()));
			}
			case "DELETE /faults" -> {
				simulator.faults().clear();
				yield Answer.withoutContent();
			}
			case "POST /reset" -> {
				simulator.reset();
				yield Answer.withoutContent();
			}
			case String other when other.startsWith("PUT /workflows/") && other.endsWith("/status") -> {
				pin(path.substring("/workflows/".length(), path.length() - "/status".length()), Checks.body(body));
				yield Answer.withoutContent();
			}
			default -> throw Refusal.notFound("There is no %s %s, see GET %s".formatted(method, uri.getPath(), ROOT));
		};
	}

	private static String flowNameIn(String path) {
		return path.substring("/flows/".length(), path.length() - "/trouble".length());
	}

	private ObjectNode flows() {
		var view = Json.object();
		var all = view.putArray("Flows");
		simulator.flows().forEach(flow -> {
			var item = all.addObject()
				.put("FlowName", flow.flowName())
				.put("Status", flow.status())
				.put("TriggerType", flow.triggerType())
				.put("Trouble", (flow.trouble() != null) ? flow.trouble().name() : null);
			var runs = item.putArray("Runs");
			flow.runs().stream().limit(10).forEach(run -> runs.add(run.toJson()));
		});
		return view;
	}

	private void pin(String workflowId, JsonNode body) {
		simulator.pin(workflowId, required(body, "Status"), Json.textOrNull(body.path("Description")));
	}

	private ObjectNode calls(Query query) {
		var flowName = query.text("flow-name");
		var operation = query.text("operation") == null ? null : Operation.of(query.text("operation"));
		var found = simulator.calls()
			.matching(call -> (flowName == null || flowName.equals(call.flowName()))
					&& (operation == null || operation == call.operation()));
		var view = Json.object();
		if (flowName != null) {
			view.put("Arrived", simulator.calls().createCallsOf(flowName))
				.put("Acted", simulator.calls().createsOf(flowName));
		}
		var calls = view.putArray("Calls");
		found.subList(Math.max(0, found.size() - query.limit()), found.size()).forEach(call -> calls.add(view(call)));
		return view;
	}

	private static ObjectNode view(Call call) {
		var view = Json.object()
			.put("Number", call.number())
			.put("ArrivedAt", Json.timestamp(call.arrivedAt()))
			.put("Method", call.method())
			.put("Path", call.path())
			.put("Operation", call.operation() == null ? null : call.operation().wireName())
			.put("DomainName", call.domainName())
			.put("FlowName", call.flowName())
			.put("WorkflowId", call.workflowId())
			.put("Acted", call.acted())
			.put("Answered", call.answered())
			.put("Status", call.status())
			.put("RequestId", call.requestId())
			.put("Fault", call.fault())
			.put("RemoteAddress", call.remoteAddress());
		view.set("Headers", Json.MAPPER.valueToTree(call.headers()));
		return view;
	}

	private ObjectNode workflows(Query query) {
		var view = Json.object().put("Duplicates", simulator.duplicates());
		view.set("CreatedMoreThanOnce", Json.MAPPER.valueToTree(simulator.calls().createdMoreThanOnce()));
		var workflows = view.putArray("Workflows");
		simulator.workflows()
			.stream()
			.filter(workflow -> query.allows("flow-name", workflow.flowName())
					&& query.allows("domain-name", workflow.domainName()))
			.forEach(workflow -> workflows.add(view(workflow)));
		return view;
	}

	private static ObjectNode view(SimulatedWorkflow workflow) {
		var view = Json.object()
			.put("WorkflowId", workflow.workflowId())
			.put("DomainName", workflow.domainName())
			.put("FlowName", workflow.flowName())
			.put("Status", workflow.status())
			.put("ErrorDescription", workflow.errorDescription())
			.put("CreatedAt", Json.timestamp(workflow.createdAt()))
			.put("LastUpdatedAt", Json.timestamp(workflow.lastUpdatedAt()))
			.put("ObjectTypeName", workflow.objectTypeName())
			.put("RoleArn", workflow.roleArn())
			.put("ConnectorType", workflow.connectorType())
			.put("ConnectorProfileName", workflow.connectorProfileName())
			.put("Arn", workflow.arn())
			.put("Planted", workflow.planted())
			.put("DuplicateOf", workflow.duplicateOf());
		view.set("Tags", Json.MAPPER.valueToTree(workflow.tags()));
		return view;
	}

	private static ForeignWorkflow foreign(JsonNode body) {
		var usual = ForeignWorkflow.of(required(body, "DomainName"), required(body, "FlowName"));
		var createdAt = body.path("CreatedAt");
		return new ForeignWorkflow(usual.domainName(), usual.flowName(),
				body.path("ConnectorType").asString(usual.connectorType()),
				body.has("ConnectorProfileName") ? Json.textOrNull(body.path("ConnectorProfileName"))
						: usual.connectorProfileName(),
				body.path("RoleArn").asString(usual.roleArn()),
				body.path("ObjectTypeName").asString(usual.objectTypeName()), body.path("Batches").asInt(0),
				createdAt.isNumber() ? Json.instant(createdAt) : null);
	}

	private static String required(JsonNode body, String member) {
		if (!body.path(member).isString()) {
			throw Refusal.badRequest("%s is missing".formatted(member));
		}
		return Json.text(body.path(member));
	}

	private record Query(URI uri) {

		private static final int MOST = 1_000;

		@Nullable String text(String name) {
			return Route.parametersOf(uri).getOrDefault(name, List.of()).stream().findFirst().orElse(null);
		}

		boolean allows(String name, String value) {
			return text(name) == null || value.equals(text(name));
		}

		int limit() {
			var limit = text("limit");
			return limit == null ? MOST : Integer.parseInt(limit);
		}
	}

}
