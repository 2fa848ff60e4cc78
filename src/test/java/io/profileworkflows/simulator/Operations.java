package io.profileworkflows.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations as AWS answers them, free of faults and limits.
 */
final class Operations {

	private static final Map<String, String> DESCRIPTIONS = Map.of("NOT_STARTED", "Workflow has not started",
			"IN_PROGRESS", "Workflow is in progress", "COMPLETE", "Workflow completed", "FAILED", "Workflow failed");

	private final Account account;

	private final AppFlowOperations appFlow;

	private final Faults faults;

	private final SimulatorSettings settings;

	Operations(Account account, AppFlowOperations appFlow, Faults faults, SimulatorSettings settings) {
		this.appFlow = appFlow;
		this.account = account;
		this.faults = faults;
		this.settings = settings;
	}

	JsonNode carryOut(Operation operation, Route route, String body) {
		if (!route.domainName().isEmpty() || operation == Operation.GET_DOMAIN) {
			Checks.domain(route.domainName());
		}
		return switch (operation) {
			case CREATE_INTEGRATION_WORKFLOW -> create(route, Checks.body(body));
			case GET_WORKFLOW -> show(visible(route));
			case GET_WORKFLOW_STEPS -> steps(route);
			case LIST_WORKFLOWS -> list(route, Checks.body(body));
			case DELETE_WORKFLOW -> delete(route);
			case TAG_RESOURCE -> tag(route, Checks.body(body));
			case UNTAG_RESOURCE -> untag(route);
			case LIST_TAGS_FOR_RESOURCE -> tags(route);
			case GET_DOMAIN -> domain(route.domainName());
			case GET_PROFILE_OBJECT_TYPE -> objectType(route.subject());
			case LIST_INTEGRATIONS -> integrations(route);
			case LIST_FLOWS, DESCRIBE_FLOW, DESCRIBE_FLOW_EXECUTION_RECORDS, DESCRIBE_CONNECTOR_PROFILES,
					DESCRIBE_CONNECTOR_ENTITY, START_FLOW, STOP_FLOW ->
				appFlow.carryOut(operation, Checks.body(body));
		};
	}

	private JsonNode create(Route route, JsonNode request) {
		Checks.create(request, settings.accountId());
		var workflow = account.create(route.domainName(), request, false, null);
		return Json.object()
			.put("WorkflowId", workflow.workflowId())
			.put("Message", "Successfully created the workflow");
	}

	private CreatedWorkflow visible(Route route) {
		Checks.workflowId(route.subject());
		var workflow = account.require(route.domainName(), route.subject());
		if (isHidden(workflow, faults.lag().get())) {
			throw Refusal
				.notFound("Workflow %s does not exist in domain %s".formatted(route.subject(), route.domainName()));
		}
		return workflow;
	}

	private boolean isHidden(CreatedWorkflow workflow, Duration lag) {
		return account.now().isBefore(workflow.createdAt().plus(lag));
	}

	private ObjectNode show(CreatedWorkflow workflow) {
		var progress = account.progressOf(workflow);
		var view = Json.object()
			.put("WorkflowId", workflow.workflowId())
			.put("WorkflowType", "APPFLOW_INTEGRATION")
			.put("Status", progress.status());
		if (progress.errorDescription() != null) {
			view.put("ErrorDescription", progress.errorDescription());
		}
		if (progress.startedAt() != null) {
			view.put("StartDate", Json.timestamp(progress.startedAt()));
		}
		view.put("LastUpdatedAt", Json.timestamp(progress.lastUpdatedAt()));
		var attributes = view.putObject("Attributes")
			.putObject("AppflowIntegration")
			.put("SourceConnectorType", workflow.connectorType());
		if (workflow.connectorProfileName() != null) {
			attributes.put("ConnectorProfileName", workflow.connectorProfileName());
		}
		attributes.put("RoleArn", workflow.roleArn());
		view.putObject("Metrics")
			.putObject("AppflowIntegration")
			.put("RecordsProcessed", progress.recordsProcessed())
			.put("StepsCompleted", progress.stepsCompleted())
			.put("TotalSteps", progress.steps().size());
		return view;
	}

	private JsonNode steps(Route route) {
		var workflow = visible(route);
		var page = Page.of(visibleSteps(workflow), Step::key, route);
		var view = Json.object().put("WorkflowId", workflow.workflowId()).put("WorkflowType", "APPFLOW_INTEGRATION");
		var items = view.putArray("Items");
		page.items().forEach(step -> items.addObject().set("AppflowIntegration", show(step.progress())));
		return withToken(view, page.nextToken());
	}

	private List<Step> visibleSteps(CreatedWorkflow workflow) {
		var progress = account.progressOf(workflow);
		var hidden = (settings.stepsOnlyOnceStarted() && progress.startedAt() == null)
				|| (!settings.stepsOfDuplicates() && workflow.duplicateOf() != null)
				|| isHidden(workflow, faults.lag().steps());
		return hidden ? List.of() : Step.numbered(progress.steps());
	}

	private static ObjectNode show(Progress.Step step) {
		return Json.object()
			.put("FlowName", step.flowName())
			.put("Status", step.status())
			.put("ExecutionMessage", step.executionMessage())
			.put("RecordsProcessed", step.recordsProcessed())
			.put("BatchRecordsStartTime", step.recordsFrom())
			.put("BatchRecordsEndTime", step.recordsUntil())
			.put("CreatedAt", Json.timestamp(step.createdAt()))
			.put("LastUpdatedAt", Json.timestamp(step.lastUpdatedAt()));
	}

	private JsonNode list(Route route, JsonNode filter) {
		var wanted = Filter.of(filter);
		var lag = faults.lag().list();
		var found = account.latestFirst()
			.stream()
			.filter(workflow -> workflow.domainName().equals(route.domainName()))
			.filter(workflow -> !isHidden(workflow, lag))
			.filter(workflow -> wanted.matches(workflow, account.progressOf(workflow)))
			.toList();
		var page = Page.of(found, Operations::orderOf, route);
		var view = Json.object();
		var items = view.putArray("Items");
		page.items().forEach(workflow -> items.add(item(workflow)));
		return withToken(view, page.nextToken());
	}

	/** Ascending where {@link Account#latestFirst()} descends. */
	private static String orderOf(CreatedWorkflow workflow) {
		return String.format(Locale.ROOT, "%019d:%019d", Long.MAX_VALUE - workflow.createdAt().toEpochMilli(),
				Long.MAX_VALUE - workflow.sequence());
	}

	private ObjectNode item(CreatedWorkflow workflow) {
		var progress = account.progressOf(workflow);
		var description = progress.errorDescription() == null
				? DESCRIPTIONS.getOrDefault(progress.status(), progress.status()) : progress.errorDescription();
		return Json.object()
			.put("WorkflowType", "APPFLOW_INTEGRATION")
			.put("WorkflowId", workflow.workflowId())
			.put("Status", progress.status())
			.put("StatusDescription", description)
			.put("CreatedAt", Json.timestamp(workflow.createdAt()))
			.put("LastUpdatedAt", Json.timestamp(progress.lastUpdatedAt()));
	}

	private JsonNode delete(Route route) {
		account.delete(route.domainName(), route.subject(), faults.lag().delete());
		return Json.object();
	}

	private JsonNode tag(Route route, JsonNode request) {
		Checks.arn(route.subject());
		Checks.tags(request.path("tags"));
		account.tag(route.subject(), request.path("tags"));
		return Json.object();
	}

	private JsonNode untag(Route route) {
		Checks.arn(route.subject());
		var keys = route.query().getOrDefault("tagKeys", List.of());
		Checks.tagKeys(keys);
		account.untag(route.subject(), keys);
		return Json.object();
	}

	private JsonNode tags(Route route) {
		Checks.arn(route.subject());
		var view = Json.object();
		var tags = view.putObject("tags");
		account.tagsOf(route.subject()).forEach(tags::put);
		return view;
	}

	private JsonNode domain(String domainName) {
		return Json.object()
			.put("DomainName", domainName)
			.put("DefaultExpirationDays", 366)
			.put("DefaultEncryptionKey", settings.encryptionKey())
			.put("CreatedAt", 1_704_067_200)
			.put("LastUpdatedAt", 1_704_067_200);
	}

	private JsonNode objectType(String objectTypeName) {
		Checks.objectType(objectTypeName);
		return Json.object()
			.put("ObjectTypeName", objectTypeName)
			.put("Description", "An object type of the simulator")
			.put("AllowProfileCreation", true)
			.put("CreatedAt", 1_704_067_200)
			.put("LastUpdatedAt", 1_704_067_200);
	}

	/** Once a workflow is complete, AWS makes an integration that goes on. */
	private JsonNode integrations(Route route) {
		var complete = account.latestFirst()
			.stream()
			.filter(workflow -> workflow.domainName().equals(route.domainName()))
			.filter(workflow -> account.progressOf(workflow).status().equals("COMPLETE"))
			.toList();
		var page = Page.of(complete, Operations::orderOf, route);
		var view = Json.object();
		var items = view.putArray("Items");
		page.items().forEach(workflow -> items.add(integration(workflow)));
		return withToken(view, page.nextToken());
	}

	private ObjectNode integration(CreatedWorkflow workflow) {
		return Json.object()
			.put("DomainName", workflow.domainName())
			.put("Uri",
					"arn:aws:appflow:%s:%s:flow/%s".formatted(settings.region(), settings.accountId(),
							workflow.flowName()))
			.put("ObjectTypeName", workflow.objectTypeName())
			.put("CreatedAt", Json.timestamp(account.progressOf(workflow).lastUpdatedAt()))
			.put("LastUpdatedAt", Json.timestamp(account.progressOf(workflow).lastUpdatedAt()))
			.put("WorkflowId", workflow.workflowId())
			.put("RoleArn", workflow.roleArn());
	}

	private static JsonNode withToken(ObjectNode view, @Nullable String nextToken) {
		if (nextToken != null) {
			view.put("NextToken", nextToken);
		}
		return view;
	}

	private record Step(String key, Progress.Step progress) {

		static List<Step> numbered(List<Progress.Step> steps) {
			return IntStream.range(0, steps.size())
				.mapToObj(index -> new Step(String.format(Locale.ROOT, "%09d", index), steps.get(index)))
				.toList();
		}
	}

}
