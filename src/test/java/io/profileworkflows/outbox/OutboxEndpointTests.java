package io.profileworkflows.outbox;

import io.profileworkflows.PostgresTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@AutoConfigureMockMvc(addFilters = false)
@TestPropertySource(properties = "management.server.port=")
@Sql(statements = "truncate outbox, outbox_redrive")
class OutboxEndpointTests {

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Outbox outbox;

	@Autowired
	TransactionTemplate transaction;

	@Test
	void showsTheBacklogAndWhatIsParked() {
		park("greeting", "anna");

		assertThat(mvc.get().uri("/actuator/outbox")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
				{
				  "backlog": [ { "kind": "greeting", "waiting": 0, "claimed": 0, "later": 0, "parked": 1 } ],
				  "parked": [ { "kind": "greeting", "subject": "anna", "domain": "retail", "reason": "not at home" } ]
				}
				""");
	}

	@Test
	void redrivesOneSubject() {
		park("greeting", "anna");
		park("greeting", "berta");

		assertThat(redrive("""
				{ "subject": "anna", "reason": "anna is back" }
				""")).hasStatusOk().bodyJson().isEqualTo("""
				{ "redriven": 1 }
				""");
		assertThat(outbox.claim("greeting", 10)).extracting(Work::subject).containsExactly("anna");
	}

	@Test
	void redrivesAKind() {
		park("greeting", "anna");
		park("greeting", "berta");

		assertThat(redrive("""
				{ "kind": "greeting", "reason": "they are back" }
				""")).hasStatusOk().bodyJson().isEqualTo("""
				{ "redriven": 2 }
				""");
	}

	@Test
	void tellsWhenThereWasNothingToRedrive() {
		assertThat(redrive("""
				{ "subject": "anna", "reason": "anna is back" }
				""")).hasStatusOk().bodyJson().isEqualTo("""
				{ "redriven": 0 }
				""");
	}

	@Test
	void wantsToKnowWhatToRedrive() {
		assertThat(redrive("""
				{ "reason": "anna is back" }
				""")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(redrive("""
				{ "subject": "anna", "kind": "greeting", "reason": "anna is back" }
				""")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void wantsToKnowWhyItIsRedriven() {
		park("greeting", "anna");

		assertThat(redrive("""
				{ "subject": "anna" }
				""")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(redrive("""
				{ "subject": "anna", "reason": " " }
				""")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(redrive("""
				{ "subject": "anna", "reason": "%s" }
				""".formatted("x".repeat(501)))).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(outbox.parked(10)).hasSize(1);
	}

	@Test
	void remembersWhoRedroveWhatAndWhy() {
		park("greeting", "anna");

		redrive("""
				{ "subject": "anna", "reason": "anna is back" }
				""");

		assertThat(mvc.get().uri("/actuator/outbox")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
				{
				  "redriven": [ { "kind": "greeting", "subject": "anna", "domain": "retail",
				    "parkedReason": "not at home", "redrivenBy": "anonymous", "reason": "anna is back" } ]
				}
				""");
	}

	@Test
	void leavesASubmissionParkedThatNeedsADecision() {
		park("submission", "01a20e88e3757471a31cdaf11bf5756e");

		assertThat(redrive("""
				{ "kind": "submission", "reason": "try it" }
				""")).hasStatus(HttpStatus.BAD_REQUEST).bodyText().contains("waits for a decision");
		assertThat(outbox.parked(10)).hasSize(1);
	}

	private MvcTestResult redrive(String body) {
		return mvc.post().uri("/actuator/outbox").contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	private void park(String kind, String subject) {
		transaction.executeWithoutResult(_ -> outbox.add(kind, subject, "retail"));
		Ends.park(outbox, outbox.claim(kind, 1).getFirst(), "not at home");
	}

}
