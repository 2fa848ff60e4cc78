package io.profileworkflows.operations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.ClaimLost;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.search.Search;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.simulator.SimulatedWorkflow;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
@EmptyTables
class BulkActionsTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final int MANY = 500;

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	@Autowired
	Operations operations;

	@Autowired
	OperationWorker worker;

	@Autowired
	Outbox outbox;

	@Autowired
	Search search;

	@Autowired
	WorkOff workOff;

	@Autowired
	JdbcClient jdbc;

	@Test
	void mendAnOutageThatRejectedFiveHundredWorkflowsWithTwoRequests() {
		var samples = IntStream.range(0, MANY).mapToObj(_ -> SampleRequest.in("outage")).toList();
		samples.forEach(this::accept);
		reject();
		var healthy = accept(SampleRequest.in("healthy"));

		var preview = body(post("/bulk/retry?phase=REJECTED&preview=true"));
		assertThat(preview.path("Count").intValue()).isEqualTo(MANY);
		assertThat(preview.path("Sample")).hasSize(10);
		var started = post("/bulk/retry?phase=REJECTED&token=" + preview.path("Token").asString());

		assertThat(started).hasStatus(HttpStatus.ACCEPTED);
		var operation = workOff(started);
		assertThat(operation.path("State").asString()).isEqualTo("FINISHED");
		assertThat(operation.path("Done").intValue()).isEqualTo(MANY);
		assertThat(operation.path("Refused").intValue()).isZero();
		assertThat(retries()).isEqualTo(MANY);
		workOff.workOff(WorkKinds.SUBMISSION);
		assertThat(SimulatedAws.simulator().workflows().stream().map(SimulatedWorkflow::flowName))
			.containsAll(samples.stream().map(SampleRequest::flowName).toList());
		assertThat(workflows.require(healthy).retryOf()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/bulk/retry", "/bulk/delete", "/bulk/tag" })
	void areRefusedWithoutAFilter(String path) {
		for (var query : List.of("?preview=true", "?preview", "?token=" + "0".repeat(32), "")) {
			var answer = post(path + query);
			assertThat(answer).hasStatus(HttpStatus.BAD_REQUEST);
			assertThat(message(answer)).startsWith("The filter must narrow the search by one of connector, ");
		}
		assertThat(count("operation")).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			domain=a                              | token is required: send the same with preview=true first
			domain=a&token=x                      | token must be the Token of a preview
			domain=a&preview=true&token=x         | token must be absent in a preview
			domain=a&preview=perhaps              | preview must be true or false
			domain=a&preview=true&sort=created    | sort is not a parameter of this operation
			domain=a&prevew=true                  | prevew is not a parameter of this operation; did you mean preview?
			state=REJECTED&preview=true           | state is not a parameter of this operation
			phase=rejected&preview=true           | phase must be one of
			""")
	void sayWhatIsWrongWithTheirParameters(String query, String message) {
		var answer = post("/bulk/retry?" + query);

		assertThat(answer).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(message(answer)).startsWith(message);
	}

	@Test
	void areCarriedOutOnWhatThePreviewFoundAndNothingElse() {
		var first = accept(SampleRequest.in("some"));
		reject();
		var token = preview("/bulk/retry", "domain=some");
		var later = accept(SampleRequest.in("some"));
		jdbc.sql("delete from outbox").update();
		jdbc.sql("delete from flow_name_reservation").update();
		jdbc.sql("update workflow set phase = 'REJECTED', status = 'FAILED' where phase = 'ACCEPTED'").update();

		var operation = workOff(post("/bulk/retry?domain=some&token=" + token));

		assertThat(operation.path("Total").intValue()).isOne();
		assertThat(jdbc.sql("select retry_of from workflow where retry_of is not null")
			.query((row, _) -> new WorkflowId(row.getObject(1, UUID.class)))
			.list()).containsExactly(first).doesNotContain(later);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/bulk/retry?domain=other&token=", "/bulk/delete?domain=some&token=",
			"/bulk/retry?domain=some&phase=REJECTED&token=", "/bulk/retry?domain=some&confirm-adopted=true&token=" })
	void needATokenOfTheSameQuestion(String path) {
		accept(SampleRequest.in("some"));
		var token = preview("/bulk/retry", "domain=some");

		var answer = post(path + token);

		assertThat(answer).hasStatus(HttpStatus.CONFLICT);
		assertThat(message(answer)).startsWith("token is not of a preview of this action with this filter");
		assertThat(post("/bulk/retry?token=" + token + "&domain=some")).as("in any order")
			.hasStatus(HttpStatus.ACCEPTED);
	}

	@Test
	void needATokenThatIsNotOld() {
		accept(SampleRequest.in("some"));
		var token = preview("/bulk/delete", "domain=some");
		jdbc.sql("update operation set created_at = created_at - interval '16 minutes'").update();

		assertThat(message(post("/bulk/delete?domain=some&token=" + token)))
			.isEqualTo("token is more than 15 minutes old: preview the action again");
		jdbc.sql("update operation set created_at = created_at - interval '1 hour'").update();
		operations.forget();
		assertThat(count("operation")).isZero();
	}

	@Test
	void areOneHoweverOftenTheyAreStarted() {
		var id = accept(SampleRequest.in("some"));
		reject();
		var path = "/bulk/retry?domain=some&token=" + preview("/bulk/retry", "domain=some");

		var first = body(post(path));
		var second = body(post(path));
		workOff(post(path));
		var third = body(post(path));

		assertThat(second.path("OperationId")).isEqualTo(first.path("OperationId"))
			.isEqualTo(third.path("OperationId"));
		assertThat(third.path("State").asString()).isEqualTo("FINISHED");
		assertThat(retries()).isOne();
		assertThat(workflows.require(id).phase().name()).isEqualTo("REJECTED");
	}

	@Test
	void deleteWhatIsThereAndLeaveWhatIsGone() {
		var there = accept(SampleRequest.in("some"));
		var gone = accept(SampleRequest.in("some"));
		workflows.delete("some", gone, "anna", false);

		var operation = workOff(post("/bulk/delete?domain=some&token=" + preview("/bulk/delete", "domain=some")));

		assertThat(operation.path("Done").intValue()).isOne();
		assertThat(operation.path("Unchanged").intValue()).isOne();
		assertThat(workflows.require(there).phase().name()).isEqualTo("CANCELLED");
		assertThat(workflows.historyOf(there, 0, 10).getLast().actor()).isEqualTo("anonymous");
	}

	@Test
	void changeTags() {
		var tagged = accept(SampleRequest.in("some").tags(Map.of("team", "crm", "old", "1")));
		var full = new TreeMap<String, String>();
		IntStream.range(0, 50).forEach(number -> full.put("key" + number, "1"));
		var crowded = accept(SampleRequest.in("some").tags(full));
		var same = accept(SampleRequest.in("some").tags(Map.of("team", "growth")));
		var body = "{ \"Tags\": { \"team\": \"growth\" }, \"RemoveTags\": [\"old\"] }";

		var token = body(tag("?domain=some&preview=true", body)).path("Token").asString();
		assertThat(tag("?domain=some&token=" + token, "{ \"Tags\": { \"team\": \"other\" } }"))
			.hasStatus(HttpStatus.CONFLICT);
		var operation = workOff(tag("?domain=some&token=" + token, body));

		assertThat(workflows.require(tagged).tags()).isEqualTo(Map.of("team", "growth"));
		assertThat(workflows.require(crowded).tags()).isEqualTo(full);
		assertThat(workflows.require(same).tags()).isEqualTo(Map.of("team", "growth"));
		assertThat(operation.path("Done").intValue()).isOne();
		assertThat(operation.path("Unchanged").intValue()).isOne();
		assertThat(operation.at("/Refusals/0/WorkflowId").asString()).isEqualTo(crowded.toString());
		assertThat(operation.at("/Refusals/0/Message").asString()).contains("51 tags");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{ \"Tags\": {} }", "{ \"Tags\": { \"aws:x\": \"1\" } }", "{ \"tags\": {} }",
			"{ \"RemoveTags\": [\"a b\"] }" })
	void refuseWhatChangesNoTag(String body) {
		assertThat(tag("?domain=some&preview=true", body)).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void sayOfEachWhyItCouldNotBeDone() {
		var live = accept(SampleRequest.in("some"));
		var broken = accept(SampleRequest.in("some"));
		var mended = accept(SampleRequest.in("some"));
		jdbc.sql("update workflow set phase = 'REJECTED', status = 'FAILED' where id <> :live")
			.param("live", live.value())
			.update();
		jdbc.sql("delete from flow_name_reservation").update();
		jdbc.sql("update workflow set request = '{}' where id = :id").param("id", broken.value()).update();

		var operation = workOff(post("/bulk/retry?domain=some&token=" + preview("/bulk/retry", "domain=some")));

		assertThat(operation.path("State").asString()).isEqualTo("FINISHED");
		assertThat(operation.path("Done").intValue()).isOne();
		assertThat(operation.path("Refusals").valueStream().map(item -> item.path("WorkflowId").asString()))
			.containsExactlyInAnyOrder(live.toString(), broken.toString());
		assertThat(operation.path("Refusals").valueStream().map(item -> item.path("Message").asString()))
			.anyMatch(message -> message.contains("is ACCEPTED with Status NOT_STARTED"))
			.anyMatch(message -> message.contains("is required"));
		assertThat(jdbc.sql("select retry_of from workflow where retry_of is not null")
			.query((row, _) -> new WorkflowId(row.getObject(1, UUID.class)))
			.list()).containsExactly(mended);
	}

	@Test
	void showWhatCameOfEachWorkflow() {
		var ids = IntStream.range(0, 3).mapToObj(_ -> accept(SampleRequest.in("some"))).toList();
		jdbc.sql("update workflow set phase = 'REJECTED', status = 'FAILED' where id <> :live")
			.param("live", ids.getFirst().value())
			.update();
		jdbc.sql("delete from flow_name_reservation").update();
		var started = body(post("/bulk/retry?domain=some&token=" + preview("/bulk/retry", "domain=some")));
		var path = "/operations/%s/items".formatted(started.path("OperationId").asString());
		assertThat(body(get(path)).path("Items")).hasSize(3).allSatisfy(item -> assertThat(item).hasSize(1));
		workOff.workOff(Operations.KIND);

		var all = body(get(path)).path("Items");
		assertThat(all.valueStream().map(item -> item.path("WorkflowId").asString()))
			.containsExactlyInAnyOrderElementsOf(ids.stream().map(WorkflowId::toString).toList());
		assertThat(all.valueStream().filter(item -> item.path("Outcome").asString().equals("DONE")))
			.allSatisfy(
					item -> assertThat(workflows.require(WorkflowId.of(item.path("RetriedAs").asString())).retryOf())
						.hasToString(item.path("WorkflowId").asString()))
			.hasSize(2);
		var refused = body(get(path + "?outcome=REFUSED")).path("Items");
		assertThat(refused).hasSize(1);
		assertThat(refused.at("/0/Message").asString()).contains("with Status");
		assertThat(refused.at("/0").has("RetriedAs")).isFalse();
		var first = body(get(path + "?outcome=DONE&max-results=1"));
		var second = body(get(path + "?outcome=DONE&max-results=1&next-token=" + first.path("NextToken").asString()));
		assertThat(List.of(first.at("/Items/0/WorkflowId"), second.at("/Items/0/WorkflowId"))).doesNotHaveDuplicates();
		assertThat(second.has("NextToken")).isFalse();
		assertThat(get(path + "?outcome=FAILED")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(get(path + "?max-results=1&next-token=" + first.path("NextToken").asString()))
			.as("the token of another question")
			.hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void stopWhenTheyAreCancelled() {
		var id = accept(SampleRequest.in("some"));
		var started = body(post("/bulk/delete?domain=some&token=" + preview("/bulk/delete", "domain=some")));
		var path = "/operations/" + started.path("OperationId").asString();

		var cancelled = body(post(path + "/cancel"));
		workOff.workOff(Operations.KIND);

		assertThat(cancelled.path("State").asString()).isEqualTo("CANCELLED");
		assertThat(body(get(path)).path("Pending").intValue()).isOne();
		assertThat(workflows.require(id).phase().name()).isEqualTo("ACCEPTED");
		assertThat(outboxOf(Operations.KIND)).isZero();
		assertThat(body(post(path + "/cancel")).path("State").asString()).isEqualTo("CANCELLED");
	}

	/** As a process would that was frozen and goes on. */
	@Test
	void changeNothingUnderAClaimThatIsLost() {
		var id = accept(SampleRequest.in("some"));
		post("/bulk/delete?domain=some&token=" + preview("/bulk/delete", "domain=some"));
		var late = outbox.claim(Operations.KIND, 1).getFirst();
		release();
		var next = outbox.claim(Operations.KIND, 1).getFirst();

		assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> worker.handle(late));
		assertThat(workflows.require(id).phase().name()).isEqualTo("ACCEPTED");
		assertThat(next.claim()).isGreaterThan(late.claim());
		release();
		assertThat(workOff.workOff(Operations.KIND)).isOne();

		assertThat(workflows.require(id).phase().name()).isEqualTo("CANCELLED");
		assertThat(outboxOf(Operations.KIND)).isZero();
	}

	/** As a lease that runs out. */
	private void release() {
		jdbc.sql("update outbox set due_at = clock_timestamp(), leased_until = null where kind = 'operation'").update();
	}

	@Test
	void areListedTheLatestFirst() {
		accept(SampleRequest.in("some"));
		var ids = IntStream.range(0, 3)
			.mapToObj(_ -> body(post("/bulk/tag?domain=some&token=none")))
			.map(_ -> body(post("/bulk/delete?domain=some&token=" + preview("/bulk/delete", "domain=some"))))
			.map(operation -> operation.path("OperationId").asString())
			.toList();
		preview("/bulk/delete", "domain=some");

		var first = body(get("/operations?max-results=2"));
		var second = body(get("/operations?max-results=2&next-token=" + first.path("NextToken").asString()));

		assertThat(idsIn(first)).containsExactly(ids.get(2), ids.get(1));
		assertThat(idsIn(second)).containsExactly(ids.get(0));
		assertThat(second.has("NextToken")).isFalse();
		assertThat(get("/operations/" + "0".repeat(32))).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(get("/operations/x")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void leaveAfterTheirTime() {
		accept(SampleRequest.in("some"));
		workOff(post("/bulk/delete?domain=some&token=" + preview("/bulk/delete", "domain=some")));
		operations.forget();
		assertThat(count("operation")).isOne();
		jdbc.sql("update operation set ended_at = ended_at - interval '91 days'").update();

		operations.forget();

		assertThat(count("operation")).isZero();
		assertThat(count("operation_item")).isZero();
	}

	@Test
	void keepOnlySoManyPreviewsOfOneCaller() {
		accept(SampleRequest.in("some"));
		IntStream.range(0, 25).forEach(_ -> preview("/bulk/delete", "domain=some"));

		assertThat(count("operation")).isEqualTo(20);
	}

	@Test
	void findNothingWhereThereIsNothing() {
		var preview = body(post("/bulk/delete?domain=nowhere&preview=true"));

		assertThat(preview.path("Count").intValue()).isZero();
		assertThat(preview.has("Token")).isFalse();
		assertThat(count("operation")).isZero();
	}

	@Test
	void areOnNoMoreThanSoMany() {
		IntStream.range(0, 3).forEach(_ -> accept(SampleRequest.in("some")));
		var query = WorkflowQuery.inDomain(Wildcards.EVERYTHING, "some", Set.of(), null, null);

		assertThat(search.findAll(query, 2)).isEmpty();
		assertThat(search.findAll(query, 3)).hasValueSatisfying(found -> assertThat(found).hasSize(3));
	}

	private WorkflowId accept(SampleRequest sample) {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	/** All that there are, as an outage of AWS's would. */
	private void reject() {
		jdbc.sql("delete from outbox").update();
		jdbc.sql("delete from flow_name_reservation").update();
		jdbc.sql("update workflow set phase = 'REJECTED', status = 'FAILED', error_description = 'an outage'").update();
	}

	private int retries() {
		return jdbc.sql("select count(*) from workflow where retry_of is not null").query(Integer.class).single();
	}

	private String preview(String path, String filter) {
		return body(post("%s?%s&preview=true".formatted(path, filter))).path("Token").asString();
	}

	private JsonNode workOff(MvcTestResult started) {
		var path = "/operations/" + body(started).path("OperationId").asString();
		while (body(get(path)).path("State").asString().equals("RUNNING")) {
			assertThat(workOff.workOff(Operations.KIND)).isOne();
		}
		return body(get(path));
	}

	private int outboxOf(String kind) {
		return jdbc.sql("select count(*) from outbox where kind = :kind")
			.param("kind", kind)
			.query(Integer.class)
			.single();
	}

	private int count(String table) {
		return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
	}

	private static List<String> idsIn(JsonNode list) {
		return list.path("Items").valueStream().map(item -> item.path("OperationId").asString()).toList();
	}

	private MvcTestResult tag(String query, String body) {
		return mvc.post().uri("/bulk/tag" + query).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	private MvcTestResult post(String path) {
		return path.startsWith("/bulk/tag") ? tag(path.substring("/bulk/tag".length()), "{\"RemoveTags\": [\"old\"]}")
				: mvc.post().uri(path).exchange();
	}

	private MvcTestResult get(String path) {
		return mvc.get().uri(path).exchange();
	}

	private static String message(MvcTestResult result) {
		return body(result).path("Message").asString();
	}

	private static JsonNode body(MvcTestResult result) {
		return JSON.readTree(result.getResponse().getContentAsByteArray());
	}

}
