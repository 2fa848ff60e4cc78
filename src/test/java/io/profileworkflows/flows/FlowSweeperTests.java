package io.profileworkflows.flows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.Completion;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.Ends;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Call;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.PlantedFlow;
import io.profileworkflows.simulator.SimulatedRun;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class FlowSweeperTests {

	private static final Instant YESTERDAY = Instant.now().minus(Duration.ofDays(1));

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Workflows workflows;

	@Autowired
	FlowWork work;

	@Autowired
	FlowMetrics metrics;

	@Autowired
	MeterRegistry meters;

	@Autowired
	Outbox outbox;

	@Autowired
	WorkOff workOff;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@BeforeEach
	@AfterEach
	void begin() {
		aws.reset();
	}

	@Test
	void showsAHealthyFlow() {
		var id = complete(sample);
		aws.plant(flow().withRuns(SimulatedRun.successful("run-2", YESTERDAY.plusSeconds(60), 42),
				SimulatedRun.successful("run-1", YESTERDAY, 7)));

		sweep();

		var flow = workflows.require(id).flow();
		assertThat(flow.health()).isEqualTo(FlowHealth.HEALTHY);
		assertThat(flow.reasons()).isEmpty();
		assertThat(flow.flowName()).isEqualTo(sample.flowName());
		assertThat(flow.status()).isEqualTo("Active");
		assertThat(flow.lastRun().executionId()).isEqualTo("run-2");
		assertThat(flow.lastRun().recordsProcessed()).isEqualTo(42);
		assertThat(workflows.require(id).flowCheckedAt()).isNotNull();
		assertThat(history(id)).last().isEqualTo("The flow is HEALTHY: It does what it is there for");
	}

	@Test
	void looksAtNoFlowOfAWorkflowThatIsNotComplete() {
		var id = accept(sample);
		aws.plant(flow());

		sweep();

		assertThat(workflows.require(id).flow()).isNull();
		assertThat(calls(Operation.LIST_FLOWS)).isZero();
	}

	/** Each shows with the sweep after it happened, the second at the latest. */
	@ParameterizedTest
	@CsvSource(textBlock = """
			Suspended, INACTIVE
			Draft, INACTIVE
			Errored, INACTIVE
			Deprecated, INACTIVE
			""")
	void showsAFlowThatIsSwitchedOff(String status, FlowHealth health) {
		var id = complete(sample);
		aws.plant(flow().withRuns(SimulatedRun.successful("run-1", YESTERDAY, 7)));
		sweep();

		aws.plant(flow().withStatus(status, "its token expired")
			.withRuns(SimulatedRun.successful("run-1", YESTERDAY, 7)));
		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(health);
		assertThat(workflows.require(id).flow().reasons())
			.containsExactly("AppFlow says that the flow is %s: its token expired".formatted(status));
	}

	@Test
	void showsAFlowThatFails() {
		var id = complete(sample);
		var good = SimulatedRun.successful("run-1", YESTERDAY, 7);
		aws.plant(flow().withRuns(good));
		sweep();

		aws.plant(flow().withRuns(SimulatedRun.failed("run-2", YESTERDAY.plusSeconds(60), "no such field"), good));
		sweep();

		assertThat(workflows.require(id).flow().reasons())
			.containsExactly("The last run ended in an error: no such field");
		assertThat(workflows.require(id).flow().lastRun().executionId()).isEqualTo("run-2");

		aws.plant(flow().withRuns(SimulatedRun.successful("run-3", YESTERDAY.plusSeconds(120), 7)));
		sweep();
		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.HEALTHY);
		assertThat(history(id)).endsWith("The flow is HEALTHY: It does what it is there for",
				"The flow is FAILING: The last run ended in an error: no such field",
				"The flow is HEALTHY: It does what it is there for");
	}

	@Test
	void showsAFlowWhoseRecordsAreRefused() {
		var id = complete(sample);
		aws.plant(flow().withRuns(SimulatedRun.successful("run-1", YESTERDAY, 7).withRefused(3)));

		sweep();

		assertThat(workflows.require(id).flow().reasons())
			.containsExactly("The destination refused 3 records of the last run");
	}

	@Test
	void showsAnEmptyFlow() {
		var id = complete(sample);
		aws.plant(flow().withRuns(SimulatedRun.successful("run-3", YESTERDAY.plusSeconds(120), 0),
				SimulatedRun.successful("run-2", YESTERDAY.plusSeconds(60), 0),
				SimulatedRun.successful("run-1", YESTERDAY, 0)));

		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.EMPTY);
	}

	@Test
	void showsAFlowThatSomebodyChanged() {
		var id = complete(sample);
		aws.plant(flow());
		sweep();
		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.PENDING);

		var changed = definition();
		((ObjectNode) changed.at("/triggerConfig/triggerProperties/Scheduled")).put("scheduleExpression",
				"rate(7days)");
		((ArrayNode) changed.path("tasks")).remove(1);
		aws.plant(flow().withDefinition(changed));
		sweep();

		assertThat(workflows.require(id).flow().reasons()).containsExactly(
				"/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression is rate(7days); asked for was rate(1hours)",
				"/Tasks/1 is not there; asked for was Map NO_OP of Id to Id");
		assertThat(history(id)).last()
			.isEqualTo("The flow is DRIFTED: It differs from the request in "
					+ "/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression, /Tasks/1");
	}

	@Test
	void showsAFlowThatSomebodyDeleted() {
		var id = complete(sample);
		aws.plant(flow());
		sweep();

		aws.reset();
		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.GONE);
		assertThat(calls(Operation.DESCRIBE_FLOW)).isOne();
		sweep();
		assertThat(calls(Operation.DESCRIBE_FLOW)).as("what is gone is not asked for again").isOne();

		aws.plant(flow());
		sweep();
		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.PENDING);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			ERROR_500_BEFORE
			THROTTLE_429
			HTML_503
			RESET_BEFORE
			GARBAGE_200
			""")
	void marksNothingAsGoneWhenTheSweepBreaksOff(Fault.Kind kind) {
		var ids = IntStream.range(0, 3).mapToObj(_ -> complete(SampleRequest.in(sample.domainName()))).toList();
		ids.forEach(id -> aws.plant(flow(id)));
		sweep();
		ids.forEach(id -> assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.PENDING));

		aws.reset();
		aws.faults().always(Operation.LIST_FLOWS, new Fault(kind, Duration.ZERO));
		sweep();

		ids.forEach(id -> assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.PENDING));
		assertThat(calls(Operation.DESCRIBE_FLOW)).isZero();
	}

	@Test
	void marksNothingAsGoneWhenTheListingIsCutShort() {
		var id = complete(SampleRequest.of(sample.domainName(), "zzz-" + sample.flowName()));
		aws.plant(flow(id));
		sweep();
		aws.reset();
		IntStream.range(0, 150).forEach(number -> aws.plant(PlantedFlow.of("aaa-%03d".formatted(number))));
		aws.faults().next(Operation.LIST_FLOWS, Fault.delayBefore(Duration.ofMillis(1)), Fault.ERROR_500_BEFORE);

		sweep();

		assertThat(calls(Operation.LIST_FLOWS)).isEqualTo(2);
		assertThat(calls(Operation.DESCRIBE_FLOW)).isZero();
		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.PENDING);
	}

	@Test
	void marksNothingAsGoneWhenDescribeFlowSaysSomethingElse() {
		var id = complete(sample);
		aws.plant(flow());
		sweep();
		aws.reset();
		aws.faults().always(Operation.DESCRIBE_FLOW, Fault.ERROR_500_BEFORE);

		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.PENDING);
	}

	@Test
	void namesTheActionThatIsMissingToListFlows() {
		var id = complete(sample);
		aws.plant(flow());
		aws.faults().always(Operation.LIST_FLOWS, Fault.ACCESS_DENIED_403);

		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.UNKNOWN);
		assertThat(workflows.require(id).flow().reasons()).singleElement()
			.asString()
			.contains("no permission for appflow:ListFlows");

		aws.faults().clear();
		sweep();
		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.PENDING);
	}

	@Test
	void namesTheActionsThatAreMissingForACloserLook() {
		var ids = IntStream.range(0, 3).mapToObj(_ -> complete(SampleRequest.in(sample.domainName()))).toList();
		ids.forEach(id -> aws.plant(flow(id).withRuns(SimulatedRun.successful("run-" + id, YESTERDAY, 7))));
		aws.faults().always(Operation.DESCRIBE_FLOW, Fault.ACCESS_DENIED_403);
		aws.faults().always(Operation.DESCRIBE_FLOW_EXECUTION_RECORDS, Fault.ACCESS_DENIED_403);

		sweep();

		ids.forEach(id -> {
			assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.UNKNOWN);
			assertThat(workflows.require(id).flow().reasons())
				.anyMatch(reason -> reason.contains("no permission for appflow:DescribeFlow,"))
				.anyMatch(reason -> reason.contains("no permission for appflow:DescribeFlowExecutionRecords,"));
		});
		assertThat(calls(Operation.DESCRIBE_FLOW)).as("one refusal is enough").isOne();
		assertThat(calls(Operation.DESCRIBE_FLOW_EXECUTION_RECORDS)).isOne();
	}

	@Test
	void saysWhatTheListingTellsThoughACloserLookIsDenied() {
		var id = complete(sample);
		aws.plant(flow().withStatus("Suspended", null));
		aws.faults().always(Operation.DESCRIBE_FLOW, Fault.ACCESS_DENIED_403);

		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.INACTIVE);
	}

	@Test
	void takesTheOnlyFlowWhoseNameGoesOnWhereOursEnds() {
		var id = complete(sample);
		aws.plant(PlantedFlow.of(sample.flowName() + "-1").withStatus("Suspended", null));

		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.INACTIVE);
		assertThat(workflows.require(id).flow().flowName()).isEqualTo(sample.flowName() + "-1");
	}

	@Test
	void decidesNotBetweenSeveralFlowsWhoseNamesGoOn() {
		var id = complete(sample);
		aws.plant(PlantedFlow.of(sample.flowName() + "-1"));
		aws.plant(PlantedFlow.of(sample.flowName() + "-2"));

		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.UNKNOWN);
	}

	@Test
	void leavesAFlowToTheWorkflowWhoseNameFitsLonger() {
		var id = complete(sample);
		var longer = complete(SampleRequest.of(sample.domainName(), sample.flowName() + "-eu"));
		aws.plant(PlantedFlow.of(sample.flowName() + "-eu-1"));

		sweep();

		assertThat(workflows.require(id).flowHealth()).isEqualTo(FlowHealth.GONE);
		assertThat(workflows.require(longer).flow().flowName()).isEqualTo(sample.flowName() + "-eu-1");
	}

	@Test
	void looksCloserOnlyAtWhatChanged() {
		var ids = IntStream.range(0, 5).mapToObj(_ -> complete(SampleRequest.in(sample.domainName()))).toList();
		ids.forEach(id -> aws.plant(flow(id).withRuns(SimulatedRun.successful("run-1", YESTERDAY, 7))));
		sweep();
		assertThat(calls(Operation.DESCRIBE_FLOW)).isEqualTo(5);
		assertThat(calls(Operation.DESCRIBE_FLOW_EXECUTION_RECORDS)).isEqualTo(5);

		aws.plant(flow(ids.get(2)).withRuns(SimulatedRun.successful("run-2", YESTERDAY.plusSeconds(60), 7)));
		sweep();

		assertThat(calls(Operation.DESCRIBE_FLOW)).isEqualTo(5);
		assertThat(calls(Operation.DESCRIBE_FLOW_EXECUTION_RECORDS)).isEqualTo(6);
		assertThat(calls(Operation.LIST_FLOWS)).isEqualTo(2);
	}

	@Test
	void writesNothingAnewThatIsAsItWas() {
		var id = complete(sample);
		aws.plant(flow().withRuns(SimulatedRun.successful("run-1", YESTERDAY, 7)));
		sweep();
		var before = rows(id);
		var checkedAt = workflows.require(id).flowCheckedAt();

		sweep();

		assertThat(rows(id)).isEqualTo(before);
		assertThat(workflows.require(id).flowCheckedAt()).isAfterOrEqualTo(checkedAt);
	}

	@Test
	void forgetsTheFlowOfAWorkflowThatIsDeleted() {
		var id = complete(sample);
		aws.plant(flow());
		sweep();

		workflows.delete(sample.domainName(), id, "anna", true);
		assertThat(workflows.require(id).flow()).isNull();
		assertThat(workflows.require(id).flowHealth()).isNull();
		sweep();

		assertThat(jdbc.sql("select count(*) from followed_flow").query(Long.class).single()).isZero();
	}

	@Test
	void countsFlowsByTheirHealth() {
		complete(sample);
		aws.plant(flow().withStatus("Suspended", null));
		sweep();

		metrics.measure();

		assertThat(meters.get("flows").tag("health", "INACTIVE").gauge().value()).isOne();
		assertThat(meters.get("flows").tag("health", "HEALTHY").gauge().value()).isZero();
	}

	@Test
	void isOnePieceOfWorkForAllReplicas() {
		complete(sample);
		work.hasten();
		work.hasten();

		var first = outbox.claim(WorkKinds.FLOWS, 5);

		assertThat(first).hasSize(1);
		assertThat(outbox.claim(WorkKinds.FLOWS, 5)).isEmpty();
		assertThat(Ends.finish(outbox, first.getFirst())).isTrue();
	}

	@Test
	void listsAThousandQuietFlowsWithTenCalls() {
		IntStream.range(0, 1_000).forEach(number -> aws.plant(PlantedFlow.of("quiet-%04d".formatted(number))));
		var ids = completeAtOnce(1_000);
		work.hasten();
		jdbc.sql(
				"""
						insert into followed_flow (workflow_id, written)
						select id, jsonb_build_object('flowName', flow_name, 'asked', jsonb_build_object('trigger', 'Scheduled'),
						  'listed', jsonb_build_object('flowName', flow_name, 'status', 'Active', 'triggerType', 'Scheduled',
						    'updatedAt', '2026-01-01T00:00:00Z'), 'differences', '[]'::jsonb, 'runs', '[]'::jsonb, 'gone', false,
						  'found', jsonb_build_object('trigger', 'Scheduled'), 'hidden', '{}'::jsonb,
						  'describedAs', 'Active 2026-01-01T00:00:00Z')
						from workflow
						""")
			.update();
		aws.calls().forget();

		sweep();

		assertThat(aws.calls().matching(call -> isOfAppFlow(call))).hasSizeBetween(10, 12);
		assertThat(ids).allSatisfy(id -> assertThat(jdbc.sql("select flow_health from workflow where id = :id")
			.param("id", id.value())
			.query(String.class)
			.single()).isEqualTo("PENDING"));
	}

	private static boolean isOfAppFlow(Call call) {
		return call.path().contains("flow") && !call.path().startsWith("/domains");
	}

	private List<WorkflowId> completeAtOnce(int number) {
		var first = complete(SampleRequest.of(sample.domainName(), "quiet-0000"));
		jdbc.sql("""
				insert into workflow
				select (jsonb_populate_record(workflow, jsonb_build_object('id', gen_random_uuid(),
				  'flow_name', 'quiet-' || lpad(number::text, 4, '0'),
				  'remote_workflow_id', md5(number::text)))).*
				from workflow cross join generate_series(1, :last) as number where id = :id
				""").param("last", number - 1).param("id", first.value()).update();
		jdbc.sql("""
				insert into flow_name_reservation (flow_name, workflow_id, reserved_at)
				select flow_name, id, created_at from workflow on conflict do nothing
				""").update();
		return jdbc.sql("select id from workflow").query(UUID.class).list().stream().map(WorkflowId::new).toList();
	}

	private List<Object> rows(WorkflowId id) {
		return List.of(workflows.require(id).version(),
				jdbc.sql("select xmin::text from followed_flow where workflow_id = :id")
					.param("id", id.value())
					.query(String.class)
					.single());
	}

	private List<String> history(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).stream().map(HistoryEntry::reason).toList();
	}

	private int calls(Operation operation) {
		return aws.calls().of(operation).size();
	}

	private PlantedFlow flow() {
		return PlantedFlow.of(sample.flowName()).withDefinition(definition()).withUpdatedAt(YESTERDAY);
	}

	private PlantedFlow flow(WorkflowId id) {
		return PlantedFlow.of(workflows.require(id).flowName()).withDefinition(definition()).withUpdatedAt(YESTERDAY);
	}

	/** As AppFlow writes it. */
	private ObjectNode definition() {
		return Simulator
			.asAppFlowWrites(JSON.readTree(sample.json()).at("/IntegrationConfig/AppflowIntegration/FlowDefinition"));
	}

	private WorkflowId complete(SampleRequest request) {
		return Completion.of(accept(request), workflows, jdbc);
	}

	private WorkflowId accept(SampleRequest request) {
		return workflows.accept(request.request(), List.of(), "anna", null).workflow().id();
	}

	private void sweep() {
		work.hasten();
		jdbc.sql("update outbox set due_at = clock_timestamp() where kind = 'flows'").update();
		assertThat(workOff.workOff(WorkKinds.FLOWS)).isOne();
	}

}
