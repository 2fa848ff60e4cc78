package io.profileworkflows.workflow.web;

import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class TagControllerTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	private String arn;

	@BeforeEach
	void accept() {
		var workflow = workflows.accept(sample.request(), List.of(), "anna", null).workflow();
		arn = "arn:aws:profile:eu-central-1:123456789012:domains/%s/workflows/%s".formatted(sample.domainName(),
				workflow.id());
	}

	@Test
	void addsAndChangesTags() {
		assertThat(tag(Map.of("team", "sales", "owner", "berta"))).hasStatusOk().bodyText().isEqualTo("{}");

		assertThat(tags()).isEqualTo(Map.of("team", "sales", "owner", "berta", "cost-center", "4711"));
	}

	@Test
	void removesTagsEvenThoseWithACommaInTheirKey() {
		tag(Map.of("a,b", "1"));

		assertThat(mvc.delete().uri(tagsOf(arn, "?tagKeys=a,b&tagKeys=team&tagKeys=unknown"))).hasStatusOk();

		assertThat(tags()).isEqualTo(Map.of("cost-center", "4711"));
	}

	@Test
	void letsAWorkflowHave50TagsAndNoMore() {
		assertThat(tag(numbered(48))).hasStatusOk();
		assertThat(tags()).hasSize(50);

		assertThat(tag(Map.of("one-more", "1"))).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyText()
			.contains("it would have 51");

		assertThat(tags()).hasSize(50).doesNotContainKey("one-more");
		assertThat(tag(Map.of("team", "sales"))).as("no new key").hasStatusOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{ \"tags\": {} }", "{ \"tags\": { \"aws:x\": \"1\" } }",
			"{ \"tags\": { \"a b\": \"1\" } }", "{ \"tags\": { \"a\": 1 } }", "{ \"Tags\": { \"a\": \"1\" } }" })
	void refusesTagsThatAwsWouldRefuse(String body) {
		assertThat(mvc.post().uri(tagsOf(arn, "")).contentType(MediaType.APPLICATION_JSON).content(body))
			.hasStatus(HttpStatus.BAD_REQUEST)
			.hasHeader("x-amzn-ErrorType", "BadRequestException");
	}

	@Test
	void refusesToRemoveNothing() {
		assertThat(mvc.delete().uri(tagsOf(arn, ""))).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "eu-west-1:123456789012", "eu-central-1:999999999999" })
	void knowsOnlyWorkflowsOfItsOwnAccountAndRegion(String elsewhere) {
		assertThat(mvc.get().uri(tagsOf(arn.replace("eu-central-1:123456789012", elsewhere), "")))
			.hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void knowsAWorkflowOnlyInItsOwnDomain() {
		assertThat(mvc.get().uri(tagsOf(arn.replace(sample.domainName(), "elsewhere"), "")))
			.hasStatus(HttpStatus.NOT_FOUND);
	}

	@ParameterizedTest
	@ValueSource(strings = { "retail", "arn:aws:s3:::bucket" })
	void wantsTheArnOfAWorkflow(String other) {
		assertThat(mvc.get().uri(tagsOf(other, ""))).hasStatus(HttpStatus.BAD_REQUEST);
	}

	private MvcTestResult tag(Map<String, String> tags) {
		return mvc.post()
			.uri(tagsOf(arn, ""))
			.contentType(MediaType.APPLICATION_JSON)
			.content(JSON.writeValueAsString(Map.of("tags", tags)))
			.exchange();
	}

	private Map<String, Object> tags() {
		var response = mvc.get().uri(tagsOf(arn, "")).exchange();
		assertThat(response).hasStatusOk();
		return JSON.treeToValue(JSON.readTree(response.getResponse().getContentAsByteArray()).path("tags"),
				JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
	}

	private static Map<String, String> numbered(int count) {
		return IntStream.range(0, count).boxed().collect(Collectors.toMap(number -> "tag-" + number, _ -> "x"));
	}

	private static URI tagsOf(String arn, String query) {
		return URI.create("/tags/" + URLEncoder.encode(arn, UTF_8) + query);
	}

}
