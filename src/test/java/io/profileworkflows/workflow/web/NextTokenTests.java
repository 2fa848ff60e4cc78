package io.profileworkflows.workflow.web;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is no {@code NextToken} of an earlier answer to the same question is refused,
 * and nothing of it gets as far as the database.
 */
@PostgresTest
@EmptyTables
class NextTokenTests {

	private static final String DOMAIN = "tokens";

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	private List<String> paths = List.of();

	@BeforeEach
	void fill() {
		var accepted = IntStream.range(0, 3)
			.mapToObj(_ -> workflows.accept(SampleRequest.in(DOMAIN).request(), List.of(), "anna", null).workflow())
			.toList();
		paths = Stream.of(accepted.getFirst(), accepted.getLast())
			.map(workflow -> "/domains/%s/workflows/%s".formatted(DOMAIN, workflow.id()))
			.toList();
		accepted.forEach(this::addSteps);
		workflows.retag(accepted.getFirst().id(), "anna", tags -> tags.put("a", "b"));
	}

	private void addSteps(Workflow workflow) {
		jdbc.sql("""
				insert into workflow_step (workflow_id, position, flow_name, status, execution_message,
				  records_processed, batch_records_start_time, batch_records_end_time, created_at, last_updated_at)
				select :id, number, 'flow', 'COMPLETE', '', 0, '', '', now(), now() from generate_series(0, 2) number
				""").param("id", workflow.id().value()).update();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/workflows?", "/workflows?sort=updated&order=asc&", "/domains/tokens/workflows?", "post",
			"/steps?", "/history?" })
	void isRefusedWithAnyCharacterChanged(String list) {
		var token = tokenOf(ask(list, ""));

		assertThat(ask(list, token)).hasStatusOk();
		for (var at = 0; at < token.length(); at++) {
			for (var other : List.of("A", "_", "7")) {
				var changed = token.substring(0, at) + other + token.substring(at + 1);
				if (!changed.equals(token)) {
					assertThat(ask(list, changed)).as(changed).hasStatus(400);
				}
			}
			assertThat(ask(list, token.substring(0, at) + token.substring(at + 1))).hasStatus(400);
		}
		for (var other : List.of("1", "+1", "007", "\u0661", "1e0", "-1", "9223372036854775807", token + "A",
				token + token)) {
			assertThat(ask(list, other)).as(other).hasStatus(400);
		}
	}

	@Test
	void isGoodForItsQuestionOnly() {
		for (var list : List.of("/steps?", "/history?")) {
			var token = tokenOf(ask(list, ""));

			assertThat(ask(paths.getLast() + list, token)).as("another workflow's").hasStatus(400);
		}
		assertThat(ask("/history?", tokenOf(ask("/steps?", "")))).hasStatus(400);
		assertThat(ask("/workflows?", tokenOf(ask("/workflows?sort=updated&", "")))).hasStatus(400);
		assertThat(ask("/workflows?", tokenOf(ask("/domains/tokens/workflows?", "")))).hasStatus(400);
	}

	private MvcTestResult ask(String list, String token) {
		var next = token.isEmpty() ? "" : "next-token={token}";
		if (list.equals("post")) {
			return mvc.post()
				.uri("/domains/tokens/workflows?max-results=1&" + next, token)
				.contentType(MediaType.APPLICATION_JSON)
				.content("{}")
				.exchange();
		}
		var path = list.startsWith("/steps") || list.startsWith("/history") ? paths.getFirst() + list : list;
		return mvc.get().uri(path + "max-results=1&" + next, token).exchange();
	}

	private static String tokenOf(MvcTestResult answer) {
		assertThat(answer).hasStatusOk();
		var token = new JsonMapper().readTree(answer.getResponse().getContentAsByteArray())
			.path("NextToken")
			.asString();
		assertThat(token).isNotEmpty();
		return token;
	}

}
