package io.profileworkflows.workflow.web;

import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class EntityTagsTests {

	private static final Cause CAUSE = Cause.of("test", "to be changed");

	private static final String REASON = "{\"Reason\": \"test\"}";

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	private WorkflowId id = WorkflowId.of("0".repeat(32));

	private String path = "";

	private String tags = "";

	@BeforeEach
	void accept() {
		id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		path = "/domains/%s/workflows/%s".formatted(sample.domainName(), id);
		tags = "/tags/" + URLEncoder.encode("arn:aws:profile:eu-central-1:123456789012:" + path.substring(1), UTF_8);
	}

	/** What changes a workflow, by what it is called on. */
	private enum Change {

		DELETE(Phase.ACCEPTED), TAG(Phase.ACCEPTED), UNTAG(Phase.ACCEPTED), RETRY(Phase.REJECTED),
		RESUBMIT(Phase.NEEDS_REVIEW), GIVE_UP(Phase.NEEDS_REVIEW);

		private final Phase from;

		Change(Phase from) {
			this.from = from;
		}

	}

	@ParameterizedTest
	@EnumSource
	void letNothingHappenToWhatHasChanged(Change change) {
		bring(change.from);
		var before = workflows.require(id);

		for (var stale : List.of("\"999\"", "\"999\", \"998\"", "W/\"%d\"".formatted(before.version()),
				String.valueOf(before.version()), "\"%d".formatted(before.version()), "",
				"\"%d-xml\"".formatted(before.version()))) {
			assertThat(ask(change, HttpHeaders.IF_MATCH, stale)).as(stale).hasStatus(412);
		}
		assertThat(ask(change, HttpHeaders.IF_NONE_MATCH, "*")).hasStatus(412);
		assertThat(ask(change, HttpHeaders.IF_NONE_MATCH, "W/" + json(before))).hasStatus(412);

		assertThat(workflows.require(id)).returns(before.phase(), Workflow::phase)
			.returns(before.version(), Workflow::version)
			.returns(before.tags(), Workflow::tags);
		assertThat(jdbc.sql("select count(*) from workflow").query(Integer.class).single()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void letHappenWhatIsAskedForOfTheWorkflowAsItIs(Change change) {
		bring(change.from);
		var before = workflows.require(id);

		assertThat(ask(change, HttpHeaders.IF_MATCH, "\"999\", " + json(before)).getResponse().getStatus()).isIn(200,
				202);
	}

	@ParameterizedTest
	@EnumSource
	void fitAnyWorkflowThatThereIsWithAnAsterisk(Change change) {
		bring(change.from);

		assertThat(ask(change, HttpHeaders.IF_MATCH, "*").getResponse().getStatus()).isIn(200, 202);
	}

	@Test
	void fitInEveryRepresentation() {
		var yaml = get(path, MediaType.APPLICATION_YAML).getResponse().getHeader(HttpHeaders.ETAG);

		assertThat(ask(Change.DELETE, HttpHeaders.IF_MATCH, Objects.requireNonNull(yaml))).hasStatusOk();
	}

	@Test
	void leaveAloneWhatIsMissingOrCannotBe() {
		assertThat(mvc.delete().uri(path).header(HttpHeaders.IF_MATCH, "\"999\"").exchange()).hasStatus(412);
		assertThat(mvc.delete()
			.uri("/domains/%s/workflows/%s".formatted(sample.domainName(), "0".repeat(32)))
			.header(HttpHeaders.IF_MATCH, "*")
			.exchange()).hasStatus(404);
		assertThat(ask(Change.RESUBMIT, HttpHeaders.IF_MATCH, "\"999\"")).as("which is not in review").hasStatus(409);
	}

	@Test
	void answerARepetitionOfWhatIsDone() {
		var before = json(workflows.require(id));
		assertThat(ask(Change.DELETE, HttpHeaders.IF_MATCH, before)).hasStatusOk();

		assertThat(ask(Change.DELETE, HttpHeaders.IF_MATCH, before)).hasStatusOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/domains/tagless/pause", "/domains/tagless/resume", "/pause", "/resume" })
	void fitNothingThatHasNone(String action) {
		for (var any : List.of("*", "\"0\"")) {
			assertThat(post(action, REASON, HttpHeaders.IF_MATCH, any)).hasStatus(412);
		}
		assertThat(jdbc.sql("select count(*) from submission_pause").query(Integer.class).single()).isZero();
	}

	@Test
	void fitNothingThatIsStillToBeMade() {
		var other = SampleRequest.unique();

		assertThat(post(other.path(), other.json(), HttpHeaders.IF_MATCH, "*")).hasStatus(412);
		assertThat(jdbc.sql("select count(*) from workflow").query(Integer.class).single()).isOne();
	}

	static Stream<MediaType> representations() {
		return Stream.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_YAML);
	}

	@ParameterizedTest
	@MethodSource("representations")
	void tellOnlyWhoKnowsThisRepresentationThatNothingChanged(MediaType representation) {
		for (var resource : List.of(path, tags)) {
			var answer = get(resource, representation);
			assertThat(answer).hasStatusOk().hasHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
			assertThat(answer.getResponse().getContentType()).isEqualTo(representation.toString());
			var tag = Objects.requireNonNull(answer.getResponse().getHeader(HttpHeaders.ETAG));

			representations().forEach(other -> {
				var known = mvc.get()
					.uri(URI.create(resource))
					.accept(other)
					.header(HttpHeaders.IF_NONE_MATCH, tag)
					.exchange();
				assertThat(known).hasStatus(other.equals(representation) ? 304 : 200)
					.hasHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
			});
		}
	}

	@Test
	void areOfTheRepresentationThatIsLikedBest() {
		var answer = mvc.get().uri(path).header(HttpHeaders.ACCEPT, "application/yaml;q=0.9, */*;q=0.1").exchange();

		assertThat(answer).hasHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_YAML_VALUE)
			.hasHeader(HttpHeaders.ETAG,
					Objects.requireNonNull(get(path, MediaType.APPLICATION_YAML).getResponse().getHeader("ETag")));
	}

	private void bring(Phase phase) {
		switch (phase) {
			case ACCEPTED -> {
			}
			case REJECTED -> {
				jdbc.sql("delete from outbox").update();
				workflows.change(id, CAUSE, Workflow::submit);
				workflows.change(id, CAUSE, workflow -> workflow.reject("the role does not exist"));
			}
			default -> {
				jdbc.sql("delete from outbox").update();
				workflows.review(id, CAUSE, List.of());
			}
		}
	}

	private MvcTestResult ask(Change change, String header, String value) {
		return switch (change) {
			case DELETE -> mvc.delete().uri(path).header(header, value).exchange();
			case TAG -> post(tags, "{\"tags\": {\"a\": \"b\"}}", header, value);
			case UNTAG -> mvc.delete().uri(URI.create(tags + "?tagKeys=a")).header(header, value).exchange();
			case RETRY -> post(path + "/retry", "", header, value);
			case RESUBMIT -> post(path + "/resubmit", REASON, header, value);
			case GIVE_UP -> post(path + "/give-up", REASON, header, value);
		};
	}

	private MvcTestResult post(String resource, String body, String header, String value) {
		return mvc.method(HttpMethod.POST)
			.uri(URI.create(resource))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.header(header, value)
			.exchange();
	}

	private MvcTestResult get(String resource, MediaType representation) {
		return mvc.get().uri(URI.create(resource)).accept(representation).exchange();
	}

	private static String json(Workflow workflow) {
		return "\"%d\"".formatted(workflow.version());
	}

}
