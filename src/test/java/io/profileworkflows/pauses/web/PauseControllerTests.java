package io.profileworkflows.pauses.web;

import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.security.Callers;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class PauseControllerTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final SampleRequest sample = SampleRequest.of("retail", "pause-controller");

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	@Autowired
	Pauses pauses;

	@Test
	void tellsWhoPausedADomainSinceWhenAndWhy() {
		assertThat(get("/domains/retail/pause", "reader:retail").body())
			.isEqualTo(JSON.readTree("{ \"Paused\": false, \"Pauses\": [] }"));
		var paused = mvc.post()
			.uri("/domains/retail/pause")
			.with(Callers.caller("olga", "operator:retail"))
			.contentType(MediaType.APPLICATION_JSON)
			.content("{ \"Reason\": \"the sales org moves\" }")
			.exchange();
		assertThat(paused).hasStatusOk();

		var shown = get("/domains/retail/pause", "reader:retail").body();

		assertThat(shown.path("Paused").asBoolean()).isTrue();
		assertThat(shown.path("Pauses")).hasSize(1);
		assertThat(shown.at("/Pauses/0/DomainName").asString()).isEqualTo("retail");
		assertThat(shown.at("/Pauses/0/PausedBy").asString()).isEqualTo("olga");
		assertThat(shown.at("/Pauses/0/Reason").asString()).isEqualTo("the sales org moves");
		assertThat(shown.at("/Pauses/0/PausedAt").isNumber()).isTrue();
	}

	@Test
	void showsAPauseOfAllDomainsInEach() {
		pauses.pause(Pauses.EVERYWHERE, "oscar", "incident");

		var shown = get("/domains/retail/pause", "reader:retail").body();

		assertThat(shown.path("Paused").asBoolean()).isTrue();
		assertThat(shown.at("/Pauses/0").has("DomainName")).isFalse();
	}

	@Test
	void listsOnlyWhatTheCallerMayRead() {
		pauses.pause("retail", "olga", "moves");
		pauses.pause("support", "olga", "secret");
		pauses.pause(Pauses.EVERYWHERE, "oscar", "incident");

		assertThat(reasons(get("/paused", "reader:retail").body())).containsExactly("moves", "incident");
		assertThat(reasons(get("/paused", "reader:*").body())).containsExactly("moves", "secret", "incident");
		assertThat(get("/domains/support/pause", "reader:retail").answer()).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void letsAWorkflowSayWhyItWaits() {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		var path = "/domains/retail/workflows/" + id;
		assertThat(get(path, "reader:retail").body().path("Reason").asString())
			.isEqualTo("Accepted; waits to be sent to Customer Profiles");
		assertThat(get(path, "reader:retail").body().has("ErrorDescription")).isFalse();

		pauses.pause("retail", "olga", "the sales org moves");

		var text = "Paused: nothing is sent to this domain since ";
		var shown = get(path, "reader:retail").body();
		assertThat(shown.path("Reason").asString()).startsWith(text).endsWith(", by olga: the sales org moves");
		assertThat(shown.path("ErrorDescription").asString()).startsWith(text);
		assertThat(shown.path("Status").asString()).isEqualTo("NOT_STARTED");
		assertThat(get("/domains/retail/workflows", "reader:retail").body().at("/Items/0/StatusDescription").asString())
			.startsWith(text);
		assertThat(get("/workflows", "reader:retail").body().at("/Items/0/Reason").asString()).startsWith(text);
		pauses.resume("retail", "olga", "moved");
		assertThat(get(path, "reader:retail").body().path("Reason").asString()).doesNotContain("Paused");
	}

	@Test
	void letsAWorkflowSayThatItIsToBeDeleted() {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		workflows.change(id, Cause.of("test", "sent"), Workflow::submit);
		workflows.change(id, Cause.of("test", "no answer"), Workflow::loseSight);

		workflows.delete("retail", id, "anna", false);

		var shown = get("/domains/retail/workflows/" + id, "reader:retail").body();
		assertThat(Stream.of("Reason", "ErrorDescription").map(member -> shown.path(member).asString()))
			.allSatisfy(text -> assertThat(text).startsWith("UNCONFIRMED: sent, but no clear answer came")
				.endsWith("; deletion is requested, and follows once that is known"));
		assertThat(shown.path("DeletionRequested").asBoolean()).isTrue();
	}

	private static List<String> reasons(JsonNode pauses) {
		return pauses.path("Pauses").valueStream().map(pause -> pause.path("Reason").asString()).toList();
	}

	private Got get(String path, String grant) {
		return new Got(mvc.get().uri(path).with(Callers.caller("rita", grant)).exchange());
	}

	private record Got(MvcTestResult answer) {

		JsonNode body() {
			return JSON.readTree(answer.getResponse().getContentAsByteArray());
		}

	}

}
