package io.profileworkflows;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.database.Failure;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The database refuses a statement with each state that means an outage, wherever it is
 * asked: callers are told to try again, no work counts it, and no answer of AWS is lost.
 */
@PostgresTest
@EmptyTables
class DatabaseFaultsTests {

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	@Autowired
	WorkOff workOff;

	@Autowired
	JdbcClient jdbc;

	static List<String> outages() {
		return List.of("08000", "08006", "25006", "25P03", "25P04", "40001", "40P01", "53000", "53100", "53200",
				"53300", "53400", "55P03", "57000", "57014", "57P01", "57P02", "57P03", "57P04", "57P05", "58000",
				"58030", "58P01");
	}

	@BeforeEach
	@AfterEach
	void mend() {
		aws.reset();
		if (jdbc.sql("select to_regclass('workflow_stored') is not null").query(Boolean.class).single()) {
			jdbc.sql("drop view workflow").update();
			jdbc.sql("alter table workflow_stored rename to workflow").update();
		}
		Stream.of("workflow", "outbox", "submission_attempt", "flow_name_reservation")
			.forEach(table -> jdbc.sql("drop trigger if exists refuse on " + table).update());
		jdbc.sql("drop function if exists refuse_reads").update();
		jdbc.sql("drop function if exists refuse").update();
		jdbc.sql("drop sequence if exists refusals").update();
	}

	@ParameterizedTest
	@MethodSource("outages")
	void tellsCallersToTryAgain(String state) {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		var other = SampleRequest.unique();
		var workflow = "/domains/%s/workflows/%s".formatted(sample.domainName(), id);
		refuse("insert or update", "workflow", state);

		isOutage(mvc.post()
			.uri("/domains/%s/workflows/integrations".formatted(other.domainName()))
			.contentType(MediaType.APPLICATION_JSON)
			.content(other.json())
			.exchange());
		isOutage(mvc.post()
			.uri(URI.create(tagsOf(id)))
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"tags\":{\"a\":\"b\"}}")
			.exchange());
		isOutage(mvc.delete().uri(workflow).exchange());
	}

	@ParameterizedTest
	@ValueSource(strings = { "22001", "54000", "P0001" })
	void takesNoMistakeOfItsOwnForAnOutage(String state) {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		refuse("insert or update", "workflow", state);

		assertThat(mvc.delete().uri("/domains/%s/workflows/%s".formatted(sample.domainName(), id)).exchange())
			.hasStatus(500);
	}

	@ParameterizedTest
	@MethodSource("outages")
	void countsNoOutageAsAFailureOfTheWork(String state) {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		refuse("insert", "submission_attempt", state);

		workOff.workOff(WorkKinds.SUBMISSION);

		assertThat(failuresOf(id)).isZero();
		assertThat(aws.workflows()).isEmpty();
		mend();
		jdbc.sql("update outbox set due_at = clock_timestamp()").update();
		workOff.workOff(WorkKinds.SUBMISSION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
	}

	@ParameterizedTest
	@MethodSource("outages")
	void keepsTheAnswerOfAwsUntilItIsWritten(String state) {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		refuseTwice("update", "submission_attempt", state);

		workOff.workOff(WorkKinds.SUBMISSION);

		assertThat(aws.workflows()).hasSize(1);
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.remoteWorkflowId()).isEqualTo(aws.workflows().getFirst().workflowId());
		});
	}

	@ParameterizedTest
	@MethodSource("outages")
	void tellsReadersToTryAgain(String state) {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		var domain = "/domains/%s/workflows".formatted(sample.domainName());
		var workflow = domain + "/" + id;
		refuseReads(state);

		for (var read : List.of(workflow, workflow + "/steps", workflow + "/history", domain, "/workflows",
				"/workflows?counts=true&flow-name=x", tagsOf(id))) {
			assertThat(mvc.get().uri(URI.create(read)).exchange().getResponse().getStatus()).as(read).isEqualTo(503);
		}
		isOutage(mvc.get().uri(workflow).header("Prefer", "wait=1").exchange());
		isOutage(mvc.post().uri(domain).contentType(MediaType.APPLICATION_JSON).content("{}").exchange());
	}

	@ParameterizedTest
	@MethodSource("outages")
	void claimsLaterWhatCannotBeClaimed(String state) {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		refuse("update", "outbox", state);

		assertThatThrownBy(() -> workOff.workOff(WorkKinds.SUBMISSION)).matches(Failure::isOutage, "is an outage");

		assertThat(failuresOf(id)).isZero();
		assertThat(aws.workflows()).isEmpty();
		mend();
		workOff.workOff(WorkKinds.SUBMISSION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(aws.workflows()).hasSize(1);
	}

	@Test
	void answersReadsWhileNothingCanBeWritten() {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		refuse("insert or update", "workflow", "25006");

		assertThat(mvc.get().uri("/domains/%s/workflows/%s".formatted(sample.domainName(), id)).exchange())
			.hasStatusOk();
	}

	private String tagsOf(WorkflowId id) {
		var arn = "arn:aws:profile:eu-central-1:123456789012:domains/%s/workflows/%s".formatted(sample.domainName(),
				id);
		return "/tags/" + URLEncoder.encode(arn, StandardCharsets.UTF_8);
	}

	private static void isOutage(MvcTestResult answer) {
		assertThat(answer).hasStatus(503).hasHeader("Retry-After", "5");
	}

	private int failuresOf(WorkflowId id) {
		return jdbc.sql("select failures from outbox where subject = :id")
			.param("id", id.toString())
			.query(Integer.class)
			.single();
	}

	private void refuse(String when, String table, String state) {
		jdbc.sql("""
				create function refuse() returns trigger language plpgsql as $$
				begin
				  raise exception 'refused' using errcode = '%s';
				end $$""".formatted(state)).update();
		jdbc.sql("create trigger refuse before %s on %s for each row execute function refuse()".formatted(when, table))
			.update();
	}

	/** A trigger sees no reads; a view in the place of the table does. */
	private void refuseReads(String state) {
		jdbc.sql("""
				create function refuse_reads() returns boolean language plpgsql as $$
				begin
				  raise exception 'refused' using errcode = '%s';
				end $$""".formatted(state)).update();
		jdbc.sql("alter table workflow rename to workflow_stored").update();
		jdbc.sql("create view workflow as select * from workflow_stored where (select refuse_reads())").update();
	}

	/** A sequence is not rolled back with the statement that is refused. */
	private void refuseTwice(String when, String table, String state) {
		jdbc.sql("create sequence refusals").update();
		jdbc.sql("""
				create function refuse() returns trigger language plpgsql as $$
				begin
				  if nextval('refusals') <= 2 then
				    raise exception 'refused' using errcode = '%s';
				  end if;
				  return new;
				end $$""".formatted(state)).update();
		jdbc.sql("create trigger refuse before %s on %s for each row execute function refuse()".formatted(when, table))
			.update();
	}

}
