package io.profileworkflows.ui;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.security.Issuer;
import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.profileworkflows.ui.Chromium.button;
import static io.profileworkflows.ui.Chromium.link;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways of a reader, a submitter and an operator through the page in a real browser.
 */
@SecuredTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedInBrowserTests {

	private static final String LIKELY = "a".repeat(32);

	private static final String UNLIKELY = "b".repeat(32);

	@Autowired
	Workflows workflows;

	@Autowired
	TransactionTemplate transaction;

	@LocalServerPort
	int port;

	@RegisterExtension
	final Chromium chromium = new Chromium(() -> port);

	/** Here a caller may follow two changes at a time. */
	@AfterEach
	void overlookChangesThatAreNotFollowed() {
		chromium.overlook("status of 429");
		chromium.overlook("says Event");
	}

	/** In four clicks: the workflow, the decision, its reason, done. */
	@Test
	void leadsAnOperatorToWhatDoesNotMoveAndMendsIt() {
		var stuck = inReview();
		var page = signedIn("olga", "operator:own-*");

		assertThat(page.locator(".urgent")).containsText("Needs review");
		page.locator(".urgent").getByText(stuck.flowName()).click();
		assertThat(page.locator("#now")).containsText("Needs review");
		assertThat(page.locator(".card")).hasCount(2);
		assertThat(page.locator(".card").first()).containsText("its FlowName is the same");
		assertThat(Chromium.inaccessible(page)).isEmpty();
		link(page, "Give up").click();
		assertThat(page.getByText("the workflow ends as REJECTED", new Page.GetByTextOptions().setExact(false)))
			.isVisible();
		page.getByLabel("Reason").fill("Nobody needs it any more");
		button(page, "Give up").click();

		assertThat(page.locator("#now")).containsText("Rejected");
		assertThat(page.locator(".timeline")).containsText("Given up: Nobody needs it any more");
		assertThat(workflows.require(stuck.id()).phase()).isEqualTo(Phase.REJECTED);
	}

	@Test
	void asksForAdoptionOfTheCandidateThatWasChosen() {
		var stuck = inReview();
		var page = signedIn("olga", "operator:own-*");
		page.navigate(Row.hrefOf(stuck));

		link(page, "Adopt this one: " + LIKELY).click();

		assertThat(page.getByLabel("The workflow at AWS")).hasValue(LIKELY);
		page.getByLabel("Reason").fill("It has our FlowName");
		button(page, "Adopt").click();
		assertThat(page.locator(".problem")).containsText("Customer Profiles knows no workflow " + LIKELY);
		chromium.overlook("status of 409");
	}

	@Test
	void letsAnOperatorPauseAndResume() {
		var page = signedIn("olga", "operator:own-*");
		link(page, "Paused").click();
		page.getByLabel("Domain").fill("own-paused");
		button(page, "Pause this domain").click();
		page.getByLabel("Reason").fill("AWS changes something");
		button(page, "Pause").click();
		assertThat(page.locator(".card")).containsText("AWS changes something");

		link(page, "Resume own-paused").click();
		page.getByLabel("Reason").fill("Done");
		button(page, "Resume").click();

		assertThat(page.getByText("AWS changes something")).hasCount(0);
	}

	@Test
	void showsAReaderWhatIsThereAndNothingToChangeIt() {
		var stuck = inReview();
		var page = signedIn("robert", "reader:own-*");

		for (var path : List.of("/ui", Row.hrefOf(stuck), "/ui/paused", "/ui/about")) {
			page.navigate(path);
			assertThat(page.getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasNotText("Filter")))
				.hasText(new String[] { "Sign out" });
			assertThat(page.locator("main a.button")).hasCount(0);
			assertThat(Chromium.inaccessible(page)).isEmpty();
		}
		assertThat(link(page, "New")).hasCount(0);
	}

	@Test
	void takesASubmittersRequestAndLetsThemDeleteIt() {
		var page = signedIn("susan", "submitter:own-*");
		link(page, "New").click();
		link(page, "servicenow-on-demand").click();
		page.getByLabel("Domain").fill("own-browser");
		button(page, "Submit").click();
		assertThat(page.locator(".told")).containsText("accepted");

		link(page, "Delete").click();
		assertThat(page.getByText("Nothing was sent to AWS yet")).isVisible();
		page.getByLabel("Reason").fill("A try");
		button(page, "Delete").click();

		assertThat(page.locator("#now")).containsText("Cancelled");
		assertThat(page.locator(".timeline")).containsText("susan");
	}

	@Test
	void endsWhatSigningInBegan() {
		var page = signedIn("robert", "reader:own-*");

		button(page, "Sign out").click();

		assertThat(page.getByText("You are signed out here")).isVisible();
		assertThat(Chromium.inaccessible(page)).isEmpty();
		assertThat(page.context().cookies().stream().map(cookie -> cookie.name))
			.noneMatch(name -> name.endsWith("session"));
	}

	private Page signedIn(String name, String role) {
		Issuer.expect(name, Map.of("roles", List.of(role)));
		var page = chromium.open("/ui");
		assertThat(page.locator(".who")).containsText(name);
		return page;
	}

	private Workflow inReview() {
		var workflow = workflows.accept(SampleRequest.in("own-review").request(), List.of(), "anna", null).workflow();
		transaction.executeWithoutResult(_ -> {
			workflows.change(workflow.id(), Cause.of("submission", "Attempt 1 begins"), Workflow::submit);
			workflows.review(workflow.id(), Cause.of("reconciliation", "Two workflows at AWS may be this one"),
					List.of(new Candidate(LIKELY, Instant.parse("2026-11-30T10:00:00Z"), "IN_PROGRESS",
							List.of(workflow.flowName()), List.of("its FlowName is the same"), List.of()),
							new Candidate(UNLIKELY, Instant.parse("2026-11-30T10:00:01Z"), "IN_PROGRESS", List.of(),
									List.of(), List.of("it shows no FlowName"))));
		});
		return workflow;
	}

}
