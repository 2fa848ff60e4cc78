package io.profileworkflows.bulk.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Progress;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class BulkControllerTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final String BATCHES = "/IntegrationConfig/AppflowIntegration/Batches";

	private final List<SampleRequest> samples = IntStream.range(0, 5).mapToObj(_ -> SampleRequest.unique()).toList();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Workflows workflows;

	@Autowired
	WorkOff workOff;

	@ParameterizedTest
	@EnumSource
	void makesAWorkflowOfEachInTheirOrder(Form form) {
		var answer = body(post(form.of(samples), form.type));

		assertThat(answer.path("Accepted").intValue()).isEqualTo(5);
		assertThat(answer.path("Refused").intValue()).isZero();
		assertThat(texts(answer, "FlowName")).isEqualTo(samples.stream().map(SampleRequest::flowName).toList());
		assertThat(texts(answer, "DomainName")).isEqualTo(samples.stream().map(SampleRequest::domainName).toList());
		assertThat(answer.path("Items").valueStream().map(item -> item.path("StatusCode").intValue()))
			.containsOnly(202);
		assertThat(answer.path("Items").valueStream().map(item -> item.path("Item").intValue())).containsExactly(1, 2,
				3, 4, 5);
		for (var item : answer.path("Items")) {
			var shown = mvc.get()
				.uri("/domains/%s/workflows/%s".formatted(item.path("DomainName").asString(),
						item.path("WorkflowId").asString()))
				.exchange();
			assertThat(body(shown).path("FlowName")).isEqualTo(item.path("FlowName"));
			assertThat(body(shown).path("Phase").asString()).isEqualTo("ACCEPTED");
		}
		assertThat(count("outbox")).isEqualTo(5);
	}

	@Test
	void changesNothingWhenItIsSentAgain() {
		var first = body(post(Form.NDJSON.of(samples), Form.NDJSON.type));

		var again = body(post(Form.YAML.of(samples.reversed()), Form.YAML.type));

		assertThat(again.path("Replayed").intValue()).isEqualTo(5);
		assertThat(texts(again, "WorkflowId").reversed()).isEqualTo(texts(first, "WorkflowId"));
		assertThat(count("workflow")).isEqualTo(5);
		assertThat(count("outbox")).isEqualTo(5);
	}

	/** A single create would be a conflict. */
	@ParameterizedTest
	@ValueSource(strings = { "COMPLETE", "FAILED" })
	void changesNothingAfterTheWorkflowHasEnded(String status) {
		var first = body(post(Form.NDJSON.of(samples), Form.NDJSON.type));
		var id = WorkflowId.of(first.at("/Items/0/WorkflowId").asString());
		var cause = Cause.of("test", "to end it");
		workflows.change(id, cause, workflow -> workflow.submit());
		workflows.change(id, cause,
				workflow -> workflow.confirm("a".repeat(32), Provenance.CREATED, workflow.createdAt()));
		workflows.follow(id, new Progress(status, null, null, null, null, List.of()), cause);

		var again = body(post(Form.NDJSON.of(samples), Form.NDJSON.type));

		assertThat(again.path("Replayed").intValue()).isEqualTo(5);
		assertThat(texts(again, "WorkflowId")).isEqualTo(texts(first, "WorkflowId"));
		var other = body(post(samples.getFirst().objectType("Another").json().replace("\n", ""), Form.NDJSON.type));
		assertThat(other.at("/Items/0/StatusCode").intValue()).isEqualTo(409);
	}

	@Test
	void makesAnewWhatWasRejectedUnlessThereIsAKey() {
		var keyed = body(post(Form.NDJSON.of(samples.subList(0, 1)), Form.NDJSON.type, "Idempotency-Key", "one"));
		var plain = body(post(Form.NDJSON.of(samples.subList(1, 2)), Form.NDJSON.type));
		for (var answer : List.of(keyed, plain)) {
			workflows.change(WorkflowId.of(answer.at("/Items/0/WorkflowId").asString()), Cause.of("test", "no"),
					workflow -> workflow.reject("no"));
		}

		var keyedAgain = body(post(Form.NDJSON.of(samples), Form.NDJSON.type, "Idempotency-Key", "one"));
		var plainAgain = body(post(Form.NDJSON.of(samples.subList(1, 2)), Form.NDJSON.type));

		assertThat(keyedAgain.at("/Items/0/WorkflowId")).isEqualTo(keyed.at("/Items/0/WorkflowId"));
		assertThat(keyedAgain.at("/Items/1/WorkflowId")).isNotEqualTo(plain.at("/Items/0/WorkflowId"))
			.isEqualTo(plainAgain.at("/Items/0/WorkflowId"));
	}

	@ParameterizedTest
	@EnumSource
	void costsNoOtherWhatOneHasWrong(Form form) {
		var wrong = samples.get(1).role("role").with("/Surprise", 1);
		var answer = body(post(form.of(List.of(samples.get(0), wrong, samples.get(2))), form.type));

		assertThat(answer.path("Accepted").intValue()).isEqualTo(2);
		assertThat(answer.path("Refused").intValue()).isEqualTo(1);
		var refused = answer.at("/Items/1");
		assertThat(refused.path("StatusCode").intValue()).isEqualTo(400);
		assertThat(refused.path("ErrorType").asString()).isEqualTo("BadRequestException");
		assertThat(refused.path("Violations").valueStream().map(violation -> violation.path("Pointer").asString()))
			.containsExactly("/RoleArn", "/Surprise");
		assertThat(count("workflow")).isEqualTo(2);
	}

	@Test
	void saysInWhichLineWhatIsWrong() {
		var ndjson = post(samples.get(0).json() + "\n\n{\"DomainName\": }\n" + samples.get(1).json(), Form.NDJSON.type);
		assertThat(body(ndjson).at("/Items/1/Line").intValue()).isEqualTo(3);
		assertThat(body(ndjson).at("/Items/1/Message").asString()).contains("(line 3, column 16)");
		assertThat(body(ndjson).path("Accepted").intValue()).isEqualTo(2);

		var yaml = post("---\nDomainName: a\n---\nDomainName: b\nTags: [\n---\nDomainName: c\n", Form.YAML.type);
		assertThat(body(yaml).path("Items").valueStream().map(item -> item.path("Line").intValue())).containsExactly(1,
				3, 6);
		assertThat(body(yaml).at("/Items/1/Message").asString()).contains("(line 5");
	}

	@Test
	void saysFromWhereOnAListCannotBeRead() {
		var answer = body(post("[%s,\n{\"a\": \"b\n,%s]".formatted(samples.get(0).json(), samples.get(1).json()),
				Form.JSON.type));

		assertThat(answer.path("Items")).hasSize(2);
		assertThat(answer.path("Accepted").intValue()).isOne();
		assertThat(answer.at("/Items/1/Line").intValue()).isEqualTo(2);
		assertThat(answer.at("/Items/1/Message").asString()).contains("(line 2); nothing from here on was read");
	}

	@Test
	void wantsADomainInEach() {
		var answer = body(post(samples.get(0).with("/DomainName", null).json(), Form.NDJSON.type));

		assertThat(answer.at("/Items/0/Message").asString()).isEqualTo("/DomainName is required");
	}

	@Test
	void givesAFlowNameToTheFirstOfTwo() {
		var twin = SampleRequest.of("another-domain", samples.get(0).flowName());
		var both = List.of(samples.get(0), twin, samples.get(0));

		var answer = body(post(Form.NDJSON.of(both), Form.NDJSON.type));

		assertThat(answer.path("Items").valueStream().map(item -> item.path("StatusCode").intValue()))
			.containsExactly(202, 409, 202);
		assertThat(answer.at("/Items/1/ErrorType").asString()).isEqualTo("ConflictException");
		assertThat(answer.at("/Items/1/WorkflowId")).isEqualTo(answer.at("/Items/0/WorkflowId"));
		assertThat(answer.at("/Items/2/Replayed").booleanValue()).isTrue();
		assertThat(answer.path("Accepted").intValue()).isOne();
	}

	@Test
	void saysWhatADryRunWouldSayAndStoresNothing() {
		var requests = List.of(samples.get(0).with(BATCHES, List.of()), samples.get(1).role("role"),
				samples.get(2).objectType("MissingType"));

		var answer = body(mvc.post()
			.uri("/bulk?dry-run=true&import-since=2024-01-01")
			.header("Content-Type", Form.NDJSON.type)
			.content(Form.NDJSON.of(requests))
			.exchange());

		assertThat(answer.at("/Items/0/DryRun/Acceptable").asBoolean(false)).as(answer.toString()).isTrue();
		assertThat(answer.at("/Items/0/DryRun/Findings")).isNotEmpty();
		assertThat(answer.at("/Items/1/DryRun/Violations/0/Pointer").asString()).isEqualTo("/RoleArn");
		assertThat(answer.at("/Items/2/DryRun/Acceptable").booleanValue()).isFalse();
		assertThat(answer.path("Accepted").intValue()).isOne();
		assertThat(answer.path("Refused").intValue()).isEqualTo(2);
		assertThat(answer.at("/Batches/0/EndTime").decimalValue()).isEqualByComparingTo("1709251200");
		assertThat(count("workflow")).isZero();
	}

	@Test
	void computesBatchesInEach() {
		var requests = samples.stream().map(sample -> sample.with(BATCHES, List.of())).toList();
		var uri = "/bulk?import-since=2024-01-01";

		var first = mvc.post().uri(uri).header("Content-Type", Form.NDJSON.type).content(Form.NDJSON.of(requests));
		var ids = texts(body(first.exchange()), "WorkflowId");
		await();
		assertThat(texts(body(first.exchange()), "WorkflowId")).isEqualTo(ids);

		assertThat(jdbc.sql("""
				select count(*) from workflow
				where request #>> '{IntegrationConfig,AppflowIntegration,Batches,0,EndTime}' = '1709251200'
				""").query(Integer.class).single()).isEqualTo(5);
	}

	/** So that now is another second. */
	private static void await() {
		var second = System.currentTimeMillis() / 1000;
		Awaitility.await().until(() -> System.currentTimeMillis() / 1000 > second);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			application/x-ndjson | '' | 400 | The document must have at least one request
			application/json     | [] | 400 | The document must have at least one request
			application/yaml     | --- | 400 | The document must have at least one request
			application/json     | {} | 400 | The document must be a list of requests, which begins with [ (line 1)
			text/plain           | [] | 415 | Content-Type must be application/x-ndjson or application/json
			""")
	void refusesWhatIsNoBulk(String type, String content, int status, String message) {
		var answer = post((content != null) ? content : "", type);

		assertThat(answer).hasStatus(status);
		assertThat(body(answer).path("Message").asString()).startsWith(message);
	}

	@Test
	void takesNoneOfMoreThanAThousand() {
		var answer = post("{}\n".repeat(1001), Form.NDJSON.type);

		assertThat(answer).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(body(answer).path("Message").asString())
			.isEqualTo("The document must have at most 1000 requests; none of them was accepted");
		assertThat(body(post("{}\n".repeat(1000), Form.NDJSON.type)).path("Refused").intValue()).isEqualTo(1000);
	}

	@Test
	void saysNoMoreOfOneThanTwentyMistakes() {
		var unknown = IntStream.range(0, 50)
			.mapToObj("\"Unknown%s\": 1"::formatted)
			.collect(Collectors.joining(", ", "{", "}"));

		assertThat(body(post(unknown, Form.NDJSON.type)).at("/Items/0/Violations")).hasSize(21);
	}

	@Test
	void isSentToAws() {
		var answer = body(post(Form.YAML.of(samples), Form.YAML.type));

		workOff.workOff("submission");

		assertThat(jdbc.sql("select phase, count(*) from workflow group by phase")
			.query((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
			.list()).containsExactly(Map.entry("SUBMITTED", 5));
		assertThat(texts(answer, "WorkflowId")).doesNotHaveDuplicates();
	}

	private MvcTestResult post(String content, String type, String... header) {
		var request = mvc.post().uri("/bulk").header("Content-Type", type).content(content);
		return ((header.length > 0) ? request.header(header[0], header[1]) : request).exchange();
	}

	private static List<@Nullable String> texts(JsonNode answer, String member) {
		return answer.path("Items").valueStream().map(item -> item.path(member).asString(null)).toList();
	}

	private int count(String table) {
		return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
	}

	private static JsonNode body(MvcTestResult result) {
		return MAPPER.readTree(result.getResponse().getContentAsByteArray());
	}

	/**
	 * How requests are put into one body.
	 */
	enum Form {

		NDJSON("application/x-ndjson") {
			@Override
			String of(List<SampleRequest> requests) {
				return requests.stream()
					.map(request -> MAPPER.readTree(request.json()).toString())
					.collect(Collectors.joining("\n"));
			}
		},

		JSON("application/json") {
			@Override
			String of(List<SampleRequest> requests) {
				return requests.stream().map(SampleRequest::json).collect(Collectors.joining(",\n", "[", "]"));
			}
		},

		YAML("application/yaml") {
			@Override
			String of(List<SampleRequest> requests) {
				return requests.stream()
					.map(request -> request.yaml().replaceFirst("^---\\s*", ""))
					.collect(Collectors.joining("\n---\n"));
			}
		};

		final String type;

		Form(String type) {
			this.type = type;
		}

		abstract String of(List<SampleRequest> requests);

	}

}
