package io.profileworkflows;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.SimulatedWorkflow;
import io.profileworkflows.simulator.Simulator;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ten thousand workflows that run at AWS and are held here, in twenty domains, seen a
 * moment ago.
 */
public final class TenThousand {

	public static final int DOMAINS = 20;

	public static final int WORKFLOWS = 10_000;

	private final Simulator aws;

	private final JdbcClient jdbc;

	private TenThousand(Simulator aws, JdbcClient jdbc) {
		this.aws = aws;
		this.jdbc = jdbc;
	}

	public static TenThousand at(Simulator aws, JdbcClient jdbc) {
		var all = new TenThousand(aws, jdbc);
		var begin = Instant.now().minus(Duration.ofHours(1));
		IntStream.range(0, WORKFLOWS).forEach(number -> all.plant(number, begin));
		all.hold();
		all.letThemBeSwept();
		return all;
	}

	private void plant(int number, Instant begin) {
		var planted = aws.plant(ForeignWorkflow.of("scale-" + number % DOMAINS, "scale-%05d".formatted(number))
			.withCreatedAt(begin.plusMillis(number)));
		aws.pin(planted.workflowId(), "IN_PROGRESS", null);
	}

	private void hold() {
		var workflows = aws.workflows();
		jdbc.sql("""
				insert into workflow (id, domain_name, flow_name, object_type_name, connector_type, role_arn, request,
				  request_digest, warnings, requested_by, phase, status, remote_workflow_id, submitted_at, provenance,
				  remote_status, remote_updated_at, created_at, updated_at, version)
				select gen_random_uuid(), domain_name, flow_name, 'Salesforce-Account', 'Salesforce',
				  'arn:aws:iam::123456789012:role/customer-profiles-ingest', '{}', '\\x00', '[]', 'anna', 'SUBMITTED',
				  'IN_PROGRESS', remote_id, created_at, 'CREATED', 'IN_PROGRESS', remote_updated_at, created_at,
				  clock_timestamp(), 0
				from unnest(:domains, :flowNames, :remoteIds, :createdAt, :updatedAt)
				  as remote (domain_name, flow_name, remote_id, created_at, remote_updated_at)
				""")
			.param("domains", workflows.stream().map(SimulatedWorkflow::domainName).toArray(String[]::new))
			.param("flowNames", workflows.stream().map(SimulatedWorkflow::flowName).toArray(String[]::new))
			.param("remoteIds", workflows.stream().map(SimulatedWorkflow::workflowId).toArray(String[]::new))
			.param("createdAt", times(workflows.stream().map(SimulatedWorkflow::createdAt).toList()))
			.param("updatedAt", times(workflows.stream().map(SimulatedWorkflow::lastUpdatedAt).toList()))
			.update();
	}

	private static Timestamp[] times(List<Instant> times) {
		return times.stream().map(Timestamp::from).toArray(Timestamp[]::new);
	}

	public void letThemBeSwept() {
		jdbc.sql("""
				insert into outbox (subject, kind, domain, due_at)
				select 'domains/' || domain_name, 'tracking', domain_name, clock_timestamp()
				from (select distinct domain_name from workflow) as domain
				on conflict (subject) do update set due_at = clock_timestamp()
				""").update();
	}

	/** Lets so many of them complete at AWS. */
	public List<SimulatedWorkflow> complete(int from, int number) {
		var completed = aws.workflows().subList(from, from + number);
		completed.forEach(workflow -> aws.pin(workflow.workflowId(), "COMPLETE", null));
		return completed;
	}

	public long finished() {
		return jdbc.sql("select count(*) from workflow where phase = 'FINISHED'").query(Long.class).single();
	}

}
