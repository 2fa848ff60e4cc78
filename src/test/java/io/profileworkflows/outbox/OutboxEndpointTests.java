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
@Sql(statements = "truncate outbox")
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
				{ "subject": "anna" }
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
				{ "kind": "greeting" }
				""")).hasStatusOk().bodyJson().isEqualTo("""
				{ "redriven": 2 }
				""");
	}

	@Test
	void tellsWhenThereWasNothingToRedrive() {
		assertThat(redrive("""
				{ "subject": "anna" }
				""")).hasStatusOk().bodyJson().isEqualTo("""
				{ "redriven": 0 }
				""");
	}

	@Test
	void wantsToKnowWhatToRedrive() {
		assertThat(redrive("{}")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(redrive("""
				{ "subject": "anna", "kind": "greeting" }
				""")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	private MvcTestResult redrive(String body) {
		return mvc.post().uri("/actuator/outbox").contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	private void park(String kind, String subject) {
		transaction.executeWithoutResult(_ -> outbox.add(kind, subject, "retail"));
		outbox.park(outbox.claim(kind, 1).getFirst(), "not at home");
	}

}
