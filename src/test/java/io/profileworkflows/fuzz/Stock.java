package io.profileworkflows.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.Completion;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Workflows to ask about, in all conditions.
 */
class Stock {

	/** One in which all roles may be used. */
	static final String DOMAIN = "domain-fuzz";

	static final String NOBODY = "0".repeat(32);

	private static final Cause CAUSE = Cause.of("test", "to be asked about");

	private final Workflows workflows;

	private final JdbcClient jdbc;

	private final List<WorkflowId> all;

	Stock(Workflows workflows, JdbcClient jdbc) {
		this.workflows = workflows;
		this.jdbc = jdbc;
		this.all = IntStream.range(0, 5)
			.boxed()
			.flatMap(_ -> Stream.of(accepted(), inReview(), adopted(), rejected(), cancelled()))
			.toList();
	}

	int size() {
		return all.size();
	}

	WorkflowId any(Random random) {
		return Values.oneOf(all, random);
	}

	WorkflowId accepted() {
		return accept(SampleRequest.in(DOMAIN));
	}

	WorkflowId inReview() {
		var id = accepted();
		jdbc.sql("delete from outbox where subject = :id").param("id", id.toString()).update();
		workflows.review(id, CAUSE, List.of());
		return id;
	}

	WorkflowId adopted() {
		var id = inReview();
		var remoteId = id.toString().replaceFirst(".", "f");
		workflows.change(id, CAUSE, workflow -> workflow.confirm(remoteId, Provenance.ADOPTED, Instant.now()));
		return id;
	}

	WorkflowId rejected() {
		var id = accepted();
		jdbc.sql("delete from outbox where subject = :id").param("id", id.toString()).update();
		workflows.change(id, CAUSE, Workflow::submit);
		workflows.change(id, CAUSE, workflow -> workflow.reject("the role does not exist"));
		return id;
	}

	/** One that is complete, with a flow at AppFlow. */
	WorkflowId complete() {
		return Completion.withFlow(accepted(), workflows, jdbc);
	}

	WorkflowId cancelled() {
		var id = accepted();
		workflows.delete(DOMAIN, id, "test", false);
		return id;
	}

	/** The id of a workflow at AWS that may be adopted. */
	String remoteOf(WorkflowId id) {
		return SimulatedAws.simulator().plant(ForeignWorkflow.of(DOMAIN, flowNameOf(id))).workflowId();
	}

	private String flowNameOf(WorkflowId id) {
		Workflow workflow = workflows.require(DOMAIN, id);
		return workflow.flowName();
	}

	/**
	 * A subscription of olga that has its own id for a name and for that of a delivery.
	 */
	WorkflowId subscription() {
		return subscription("https://hooks.example.com/", false);
	}

	WorkflowId subscriptionThatIsOff() {
		return subscription("https://hooks.example.com/", true);
	}

	WorkflowId subscriptionOfAnEventBus() {
		return subscription("arn:aws:events:eu-central-1:123456789012:event-bus/fuzz", false);
	}

	private WorkflowId subscription(String url, boolean off) {
		var id = new WorkflowId(UUID.randomUUID());
		jdbc.sql(
				"""
						with subscribed as (
						  insert into subscription (id, name, url, format, types, owner, created_by, off_since, off_reason)
						  values (:id, :name, :url, 'StandardWebhooks', '{workflow.finished}', 'token of olga', 'olga',
						    case when :off then now() end, case when :off then 'for a test' end)
						), happened as (
						  insert into event (key, type, at, data, spread_at) values (:id, 'subscription.test', now(), '{}', now())
						  returning id
						), placed as (
						  insert into subscription_domain values (:id, :domain, null)
						)
						insert into delivery (subscription_id, event_id) select :id, id from happened
						""")
			.param("id", id.value())
			.param("name", id.toString())
			.param("url", url)
			.param("off", off)
			.param("domain", DOMAIN)
			.update();
		return id;
	}

	private WorkflowId accept(SampleRequest sample) {
		return workflows.accept(sample.request(), List.of(), "test", null).workflow().id();
	}

	/** As a segment of a path. */
	static String arnOf(Object id) {
		return URLEncoder.encode(
				"arn:aws:profile:eu-central-1:123456789012:domains/%s/workflows/%s".formatted(DOMAIN, id),
				StandardCharsets.UTF_8);
	}

}
