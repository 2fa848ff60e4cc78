package io.profileworkflows.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.security.Ask.Answer;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What is shown to whom, and what a domain may use.
 */
@SecuredTest
class DomainsTests {

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@Test
	void areTheOnlyOnesThatASearchFinds() {
		var own = accept(SampleRequest.in("own-search"));
		var other = accept(SampleRequest.in("other-search"));

		assertThat(search("AKREADER", "?domain=own-search&domain=other-search")).containsExactly(own);
		assertThat(search("AKREADER", "?domain=other-search")).isEmpty();
		assertThat(search("AKREADER", "?domain=other-search&requester=oscar&phase=ACCEPTED&sort=updated")).isEmpty();
		assertThat(search("AKREADER", "")).contains(own).doesNotContain(other);
		assertThat(search("AKEVERYWHERE", "?domain=own-search&domain=other-search")).containsExactlyInAnyOrder(own,
				other);
	}

	@Test
	void areFoundByTheirPatternsAndNoOthers() {
		var under = accept(SampleRequest.in("a_b"));
		accept(SampleRequest.in("axb"));
		var first = accept(SampleRequest.in("pattern-1"));
		accept(SampleRequest.in("pattern"));

		assertThat(searchWith(List.of("a_b", "pattern-*"), "?domain=a_b&domain=axb&domain=pattern-1&domain=pattern"))
			.containsExactlyInAnyOrder(under, first);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/domains/%s/workflows", "/domains/%s/workflows/00000000000000000000000000000000" })
	void areNotLookedForByNamesThatNoneCanHave(String path) {
		var patterns = Map.of("roles", List.of("reader"), "domains", List.of("*-eu-*-crm-*-prod", "*-a-*-b-*-c-*-d"));
		var longest = "-eu-crm".repeat(1_900);

		var answers = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> IntStream.range(0, 3)
			.mapToObj(
					_ -> Ask.to(port, "GET", path.formatted(longest)).withToken(Issuer.token("rita", patterns)).send())
			.toList());

		assertThat(answers).allSatisfy(answer -> {
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorType()).isEqualTo("BadRequestException");
			assertThat(answer.message()).startsWith("DomainName must be").doesNotContain("-eu-");
		});
	}

	@Test
	void areSoughtByNamesThatOneCanHave() {
		var answer = Ask.to(port, "GET", "/workflows?domain=" + "-eu-crm".repeat(1_900))
			.signed("AKEVERYWHERE", SecuredTest.SECRET)
			.send();

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.message()).isEqualTo("domain must be 1 to 64 characters of a-z, A-Z, 0-9, _ and -");
	}

	@Test
	void areSearchedPageByPage() {
		for (int number = 0; number < 3; number++) {
			accept(SampleRequest.in("own-pages"));
			accept(SampleRequest.in("other-pages"));
		}
		var path = "/workflows?domain=own-pages&domain=other-pages&max-results=2";

		var first = ask("GET", path).signed("AKREADER", SecuredTest.SECRET).send();
		var second = ask("GET", path + "&next-token=" + first.body().path("NextToken").asString())
			.signed("AKREADER", SecuredTest.SECRET)
			.send();

		assertThat(first.ids()).hasSize(2);
		assertThat(second.ids()).hasSize(1).doesNotContainAnyElementsOf(first.ids());
		assertThat(second.body().has("NextToken")).isFalse();
	}

	@Test
	void keepTheHolderOfAFlowNameToThemselves() {
		var sample = SampleRequest.in("other-names");
		var holder = accept(sample);

		var conflict = create("AKSUBMITTER", SampleRequest.of("own-names", sample.flowName()));
		assertThat(conflict.status()).isEqualTo(409);
		assertThat(conflict.text()).contains(sample.flowName()).doesNotContain(holder, "other-names", "WorkflowId");

		var readable = create("AKEVERYWHERE", SampleRequest.of("own-names", sample.flowName()));
		assertThat(readable.status()).isEqualTo(409);
		assertThat(readable.body().path("WorkflowId").asString()).isEqualTo(holder);
		assertThat(readable.message()).contains(holder);
	}

	@Test
	void loseNoAdoptedWorkflowThatTheirOwnOperatorHasNotConfirmed() {
		var id = accept(SampleRequest.in("own-adopted"));
		var cause = Cause.of("test", "found");
		jdbc.sql("delete from outbox where subject = :id").param("id", id).update();
		workflows.change(WorkflowId.of(id), cause, Workflow::submit);
		workflows.change(WorkflowId.of(id), cause, found -> found.confirm(id, Provenance.ADOPTED, Instant.now()));
		var path = "/domains/own-adopted/workflows/%s?confirm-adopted=true".formatted(id);

		assertThat(ask("DELETE", path).signed("AKSUBMITTER", SecuredTest.SECRET).send().status()).isEqualTo(409);
		assertThat(ask("DELETE", path)
			.withToken(Issuer.token("eve", Map.of("roles", List.of("submitter:own-adopted", "operator:own-x"))))
			.send()
			.status()).as("an operator elsewhere").isEqualTo(409);
		assertThat(ask("DELETE", path).signed("AKOPERATOR", SecuredTest.SECRET).send().status()).isEqualTo(200);
	}

	@Test
	void useOnlyWhatTheyMay() {
		var sample = SampleRequest.in("restricted-1");

		var refused = create("AKSUBMITTER", sample);
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.errorType()).isEqualTo("AccessDeniedException");
		assertThat(refused.message()).isEqualTo("Domain restricted-1 may not use what the request names: /RoleArn");
		assertThat(refused.body().at("/Violations/0/Pointer").asString()).isEqualTo("/RoleArn");
		assertThat(search("AKREADER", "?domain=restricted-1")).isEmpty();

		var dryRun = ask("POST", sample.path() + "?dry-run=true").withBody(sample.json())
			.signed("AKSUBMITTER", SecuredTest.SECRET)
			.send();
		assertThat(dryRun.status()).isEqualTo(200);
		assertThat(dryRun.body().at("/Violations/0/Pointer").asString()).isEqualTo("/RoleArn");

		assertThat(create("AKSUBMITTER", sample.role("arn:aws:iam::123456789012:role/restricted/ingest")).status())
			.isEqualTo(202);
	}

	private List<String> searchWith(List<String> domains, String query) {
		return ask("GET", "/workflows" + query)
			.withToken(Issuer.token("anna", Map.of("roles", "reader", "domains", domains)))
			.send()
			.ids();
	}

	private List<String> search(String key, String query) {
		var answer = ask("GET", "/workflows" + query).signed(key, SecuredTest.SECRET).send();
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return answer.ids();
	}

	private String accept(SampleRequest sample) {
		var answer = create("AKEVERYWHERE", sample);
		assertThat(answer.status()).as(answer.text()).isEqualTo(202);
		return answer.body().path("WorkflowId").asString();
	}

	private Answer create(String key, SampleRequest sample) {
		return ask("POST", sample.path()).withBody(sample.json()).signed(key, SecuredTest.SECRET).send();
	}

	private Ask ask(String method, String path) {
		return Ask.to(port, method, path);
	}

}
