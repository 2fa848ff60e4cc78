package io.profileworkflows.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.ServiceTest;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.profileworkflows.ui.Chromium.button;
import static io.profileworkflows.ui.Chromium.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page in a real browser, where nobody has to sign in and everything works.
 */
@ServiceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTests {

	private static final String HOSTILE = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>'\"&{{1}}${1}";

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@LocalServerPort
	int port;

	@RegisterExtension
	final Chromium chromium = new Chromium(() -> port);

	@Test
	void takesASampleToItsEnd() {
		var page = chromium.open("/ui");
		link(page, "New").click();
		link(page, "salesforce-scheduled").click();
		page.getByLabel("Domain").fill("browser-sample");
		var text = page.locator("#document");
		text.fill(text.inputValue().replace("example-salesforce-accounts", "from-the-browser"));

		assertThat(page.locator("#check")).containsText("It would be accepted");
		button(page, "Submit").click();

		assertThat(page.locator("h1")).hasText("from-the-browser");
		assertThat(page.locator(".told")).containsText("The request is accepted");
		assertThat(page.locator("#now")).containsText("Complete");
		assertThat(page.locator(".timeline")).containsText("Customer Profiles says COMPLETE");
	}

	@Test
	void showsEachMistakeAtItsLineAsOneTypes() {
		var page = chromium.open("/ui/new?domain=browser-mistakes");
		page.locator("#document").fill("""
				ObjectTypeName: A
				RoleArn: nonsense
				WorkflowType: APPFLOW_INTEGRATION
				Unknown: 1
				""");

		var remarks = page.locator(".remarks");
		assertThat(remarks).containsText("/RoleArn");
		assertThat(link(page, "Line 4")).isVisible();
		link(page, "Line 2").first().click();

		assertThat(page.evaluate("document.activeElement.id")).isEqualTo("document");
		assertThat(page.evaluate(
				"""
						(() => { const d = document.activeElement; return d.value.slice(d.selectionStart, d.selectionEnd); })()"""))
			.isEqualTo("RoleArn: nonsense");
	}

	@Test
	void changesAListWhileItIsLookedAt() {
		var page = chromium.open("/ui?domain=browser-live");
		assertThat(page.locator(".empty")).containsText("Nothing fits these filters");

		accept(SampleRequest.in("browser-live").flowName("arrives-by-itself"));

		assertThat(link(page, "arrives-by-itself")).isVisible();
	}

	@Test
	void keepsTheFilterInTheAddress() {
		accept(SampleRequest.in("browser-filter").flowName("filter-one"));
		accept(SampleRequest.in("browser-filter").flowName("filter-two"));
		var page = chromium.open("/ui");

		page.getByLabel("FlowName begins with").fill("filter-t");
		assertThat(link(page, "filter-two")).isVisible();
		page.waitForURL(url -> url.endsWith("/ui?flow-name=filter-t"));
		page.reload();

		assertThat(link(page, "filter-two")).isVisible();
		assertThat(link(page, "filter-one")).hasCount(0);
		page.getByText("Remove all filters").click();
		page.waitForURL(url -> url.endsWith("/ui"));
	}

	@Test
	void canBeUsedWithTheKeyboardAlone() {
		var workflow = accept(SampleRequest.in("browser-keys"));
		// a decision is for the phase that its page shows
		await().until(() -> workflows.require(workflow.id()).phase() == Phase.FINISHED);
		var page = chromium.open("/ui?domain=browser-keys");

		page.keyboard().press("Tab");
		assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
		page.keyboard().press("Enter");
		assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
		tabTo(page, workflow.flowName());
		page.keyboard().press("Enter");
		page.waitForURL("**" + Row.hrefOf(workflow));
		tabTo(page, "Delete");
		page.keyboard().press("Enter");
		page.waitForURL("**/delete");
		page.keyboard().type("not needed");
		page.keyboard().press("Tab");
		page.keyboard().press("Enter");

		assertThat(page.locator(".told")).isVisible();
		assertThat(page.locator(".timeline")).containsText("Reason given: not needed");
	}

	@Test
	void changesManyAtOnceAfterAPreview() {
		var names = IntStream.range(0, 30).mapToObj("many-%02d"::formatted).toList();
		names.forEach(name -> accept(SampleRequest.in("browser-many").flowName(name)));
		var page = chromium.open("/ui?domain=browser-many");

		link(page, "Act on all of these").click();
		page.getByLabel("Change tags").check();
		page.getByLabel("Key to set").fill("team");
		page.getByLabel("Value").fill("crm");
		assertThat(Chromium.inaccessible(page)).isEmpty();
		button(page, "Preview").click();
		assertThat(page.locator("h1")).hasText("Change the tags of 30 workflows?");
		assertThat(page.locator("main .rows li")).hasCount(10);
		assertThat(page.getByText("Sets team: crm")).isVisible();
		assertThat(Chromium.inaccessible(page)).isEmpty();
		button(page, "Change the tags of 30 workflows").click();

		assertThat(page.locator(".told")).containsText("The operation has begun");
		assertThat(page.locator("#now")).hasText("Finished");
		assertThat(page.locator(".progress")).hasText("30 of 30");
		assertThat(page.locator("main .rows li")).hasCount(25);
		assertThat(Chromium.inaccessible(page)).isEmpty();
		link(page, "Next page").click();
		assertThat(page.locator("main .rows li")).hasCount(5);
		page.locator("main .rows a").first().click();
		assertThat(page.locator(".tags")).containsText("team: crm");
		link(page, "Operations").click();
		assertThat(link(page, "Change the tags of 30 workflows")).isVisible();
		assertThat(Chromium.inaccessible(page)).isEmpty();
	}

	@Test
	void saysWhyWorkflowsWereRefused() {
		accept(SampleRequest.in("browser-refused"));
		var page = chromium.openWithoutScript("/ui?domain=browser-refused");
		link(page, "Act on all of these").click();
		button(page, "Preview").click();
		button(page, "Try 1 workflow again").click();
		await().untilAsserted(() -> {
			page.reload();
			assertThat(page.locator("#now").textContent()).contains("Finished");
		});
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Refused 1")).click();

		assertThat(page.locator("main .rows .says")).containsText("with Status");
		assertThat(Chromium.inaccessible(chromium.open(page.url()))).isEmpty();
	}

	@Test
	void stopsAnOperationThatIsUnderWay() {
		var ids = IntStream.range(0, 300).mapToObj(_ -> accept(SampleRequest.in("browser-stop"))).toList();
		var page = chromium.open("/ui?domain=browser-stop");
		link(page, "Act on all of these").click();
		page.getByLabel("Delete", new Page.GetByLabelOptions().setExact(true)).check();
		button(page, "Preview").click();
		// what holds the first one holds all
		transaction.executeWithoutResult(_ -> {
			jdbc.sql("select from workflow where id = :id for update")
				.param("id", ids.getFirst().id().value())
				.query(_ -> {
				});
			button(page, "Delete 300 workflows").click();
			assertThat(page.locator("#now")).hasText("Running");
			button(page, "Cancel").click();
			assertThat(page.locator(".told")).containsText("What is done stays done");
		});

		assertThat(page.locator("#now")).hasText("Cancelled");
		assertThat(page.getByText("Left alone").first()).isVisible();
		assertThat(button(page, "Cancel")).hasCount(0);
	}

	@Test
	void canBeReadAndUsedWithoutScript() {
		var workflow = accept(SampleRequest.in("browser-plain"));
		var page = chromium.openWithoutScript("/ui?domain=browser-plain");
		link(page, workflow.flowName()).click();
		assertThat(page.locator("h1")).hasText(workflow.flowName());
		page.getByLabel("Key").fill("team");
		page.getByLabel("Value").fill("crm");
		button(page, "Set tag").click();
		assertThat(page.locator(".tags")).containsText("team: crm");

		page.navigate("/ui/new?domain=browser-plain");
		page.locator("#document").fill("Unknown: 1");
		button(page, "Check").click();

		assertThat(page.locator(".remarks")).containsText("/Unknown");
	}

	@Test
	void runsNothingThatSomebodyWroteIntoANameATagOrAReason() {
		var workflow = accept(SampleRequest.in("browser-hostile"));
		jdbc.sql(
				"""
						update workflow set flow_name = :hostile, object_type_name = :hostile, connector_profile_name = :hostile,
						  role_arn = :hostile, requested_by = :hostile, error_description = :hostile, request = cast(:json as jsonb),
						  warnings = cast(:warnings as jsonb), version = version + 1
						where id = :id
						""")
			.param("hostile", HOSTILE)
			.param("json", "{\"a\": \"</pre><script>window.hacked=1</script>\"}")
			.param("warnings", "[{\"Pointer\": \"</code><script>window.hacked=1</script>\", \"Message\": \"<b>\"}]")
			.param("id", workflow.id().value())
			.update();
		workflows.note(workflow.id(), Cause.of(HOSTILE, HOSTILE));
		workflows.retag(workflow.id(), "anna", tags -> tags.put(HOSTILE.substring(0, 60), HOSTILE));

		for (var path : List.of("/ui?domain=browser-hostile", Row.hrefOf(workflow), Row.hrefOf(workflow) + "/delete",
				"/ui?flow-name=" + encoded(HOSTILE), "/ui?status=" + encoded(HOSTILE), "/ui/nowhere/" + encoded("<b>x"),
				Row.hrefOf(workflow) + "?did=" + encoded(HOSTILE), "/ui/new?domain=" + encoded(HOSTILE) + "&sample=x",
				"/ui/operations/new?flow-name=" + encoded(HOSTILE))) {
			var page = chromium.open("/ui/about");
			page.navigate(path);
			assertThat(page.evaluate("window.hacked === undefined && !document.querySelector('main img, main script')"))
				.as(path)
				.isEqualTo(true);
			assertThat(page.evaluate("document.querySelectorAll('[style], [onclick], [onerror]').length")).as(path)
				.isEqualTo(0);
		}
		// what is refused is an error to the browser, too
		chromium.overlook("status of 40");
	}

	@Test
	void hasNothingThatKeepsAnybodyOut() {
		var live = accept(SampleRequest.in("browser-axe").tags(Map.of("team", "crm")));
		var paths = List.of("/ui", "/ui?domain=browser-axe", "/ui?status=wrong", Row.hrefOf(live),
				Row.hrefOf(live) + "/delete", "/ui/new?sample=servicenow-on-demand&domain=browser-axe",
				"/ui/operations", "/ui/paused", "/ui/domains/browser-axe/pause", "/ui/outbox",
				"/ui/outbox/redrive?subject=nobody", "/ui/about", "/ui/welcome", "/ui/nowhere");

		var found = paths.stream().flatMap(path -> Chromium.inaccessible(chromium.open(path)).stream()).toList();

		assertThat(found).isEmpty();
		chromium.overlook("status of 40");
	}

	@Test
	void fitsOnAPhoneAndOnAWall() {
		var workflow = accept(SampleRequest.in("browser-width")
			.flowName("a-flow-with-a-name-that-is-longer-than-any-phone-is-wide-and-has-no-blank-in-it"));
		for (var width : List.of(360, 2560)) {
			for (var path : List.of("/ui?domain=browser-width", Row.hrefOf(workflow), Row.hrefOf(workflow) + "/delete",
					"/ui/new?sample=marketo-scheduled", "/ui/operations", "/ui/operations/new?domain=browser-width",
					"/ui/paused", "/ui/outbox", "/ui/about")) {
				var page = chromium.openNarrow(path, width);
				assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
					.as("%s at %s", path, width)
					.isEqualTo(true);
			}
		}
	}

	private static void tabTo(Page page, String text) {
		for (var presses = 0; presses < 60; presses++) {
			page.keyboard().press("Tab");
			if (text.equals(page.evaluate("document.activeElement.textContent"))) {
				return;
			}
		}
		throw new AssertionError("The keyboard does not reach " + text);
	}

	private Workflow accept(SampleRequest sample) {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow();
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
