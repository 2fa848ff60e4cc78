package io.profileworkflows.workflow.web;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.workflow.Acceptance;
import io.profileworkflows.workflow.StateInWords;
import io.profileworkflows.workflow.Workflows;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * The answer to a caller who asked for a workflow, now or before.
 */
@Component
class AcceptedAnswers {

	/** Seconds after which a first look at a new workflow is worth it. */
	private static final String FIRST_LOOK = "2";

	/** What most pointers begin with. */
	private static final String FLOW = "^/IntegrationConfig/AppflowIntegration(?:/FlowDefinition)?";

	private final Workflows workflows;

	private final Counter replays;

	AcceptedAnswers(Workflows workflows, MeterRegistry meters) {
		this.workflows = workflows;
		this.replays = Counter.builder("idempotency.replays")
			.description("Requests that were answered with a workflow made before")
			.register(meters);
	}

	ResponseEntity<CreatedView> to(Acceptance acceptance) {
		var workflow = acceptance.workflow();
		var response = ResponseEntity.accepted()
			.location(URI.create("/domains/%s/workflows/%s".formatted(workflow.domainName(), workflow.id())))
			.header(HttpHeaders.RETRY_AFTER, FIRST_LOOK);
		if (acceptance.replayed()) {
			replays.increment();
			response.header("Idempotency-Replayed", "true");
		}
		var warnings = workflows.warningsOf(workflow);
		return response.body(new CreatedView(workflow.id().toString(), messageOf(warnings), warnings));
	}

	/** The AWS CLI and SDKs show nothing else of an answer but the id. */
	static String messageOf(List<Violation> warnings) {
		if (warnings.isEmpty()) {
			return "The workflow is accepted and will be created at Customer Profiles; GetWorkflow tells how far it is";
		}
		var message = warnings.stream()
			.map(warning -> warning.pointer().replaceFirst(FLOW, "").replaceFirst("^/", "") + " " + warning.message())
			.collect(Collectors.joining("; ", "The workflow is accepted with %s warning%s: ".formatted(warnings.size(),
					(warnings.size() == 1) ? "" : "s"), ""));
		return StateInWords.cut(message);
	}

}
