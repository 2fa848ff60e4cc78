package io.profileworkflows.ui;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.nimbusds.jose.JWSAlgorithm;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.security.Issuer;
import io.profileworkflows.workflow.Acceptance;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may see and do what on the page: every handler of it, asked for by everybody. One
 * that is not in {@link #RULES} fails.
 */
@SecuredTest
class PageAccessTests {

	private static final String SESSION = "__Host-profile-workflows-session";

	private static final Pattern HIDDEN_TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{32})\"");

	private static final String WORKFLOW = "/ui/domains/{domainName}/workflows/{workflowId}";

	private static final Map<String, Rule> RULES = rules();

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mappings;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private Workflow own;

	private Workflow other;

	@BeforeEach
	void accept() {
		own = accept("own-page");
		other = accept("other-page");
	}

	private Workflow accept(String domainName) {
		Acceptance accepted = workflows.accept(SampleRequest.in(domainName).request(), List.of(), "anna", null);
		return accepted.workflow();
	}

	@Test
	void knowsEveryHandler() {
		var known = new TreeSet<String>();
		mappings.getHandlerMethods()
			.forEach((mapping, _) -> mapping.getPatternValues()
				.stream()
				.filter(path -> path.startsWith("/ui"))
				.forEach(path -> mapping.getMethodsCondition()
					.getMethods()
					.forEach(verb -> known.add(verb + " " + path))));

		assertThat(known).isEqualTo(new TreeSet<>(RULES.keySet()));
	}

	@Test
	void showsStrangersNothingButTheWayIn() {
		var stranger = new Visitor(port);
		RULES.forEach((handler, rule) -> {
			var answer = ask(stranger, handler, own);

			assertThat(answer.body()).as(handler).doesNotContain(own.flowName(), own.id().toString());
			if (rule.level() == Level.ANYBODY) {
				assertThat(answer.statusCode()).as(handler).isIn(200, 302);
			}
			else if (handler.endsWith("/changes")) {
				assertThat(answer.statusCode()).as(handler).isEqualTo(401);
			}
			else {
				assertThat(answer.statusCode()).as(handler).isEqualTo(302);
				assertThat(location(answer)).as(handler).startsWith("/ui/sign-in/issuer");
			}
		});
	}

	@Test
	void letsEverybodyDoWhatTheyMayAndNothingElse() {
		var visitors = new LinkedHashMap<Level, Visitor>();
		visitors.put(Level.READER, Visitor.signedIn(port, "robert", "reader:own-*"));
		visitors.put(Level.SUBMITTER, Visitor.signedIn(port, "susan", "submitter:own-*"));
		visitors.put(Level.OPERATOR, Visitor.signedIn(port, "olga", "operator:own-*"));
		visitors.put(Level.OPERATOR_OF_ALL, Visitor.signedIn(port, "oscar", "operator:*"));
		var wrong = new ArrayList<String>();

		visitors.forEach((level, visitor) -> RULES.forEach((handler, rule) -> {
			if (handler.endsWith("/changes") || rule.level() == Level.ANYBODY) {
				return;
			}
			var inOwn = ask(visitor, handler, own).statusCode();
			var isAllowed = level.compareTo(rule.level()) >= 0;
			if (isAllowed ? !rule.answers().contains(inOwn) : inOwn != 403) {
				wrong.add("%s as %s: %s".formatted(handler, level, inOwn));
			}
			if (handler.contains("{domainName}") && level != Level.OPERATOR_OF_ALL) {
				var version = workflows.require(other.id()).version();
				var inOther = ask(visitor, handler, other);
				if (inOther.statusCode() != 404 || inOther.body().contains(other.flowName())
						|| workflows.require(other.id()).version() != version) {
					wrong.add("%s of another domain as %s: %s".formatted(handler, level, inOther.statusCode()));
				}
			}
		}));

		assertThat(wrong).isEmpty();
	}

	@Test
	void showsAReaderNoButtonThatChangesAnything() {
		var reader = Visitor.signedIn(port, "robert", "reader:own-*");

		for (var path : List.of("/ui", "/ui?domain=own-page", Row.hrefOf(own), "/ui/paused", "/ui/operations",
				"/ui/about")) {
			var page = reader.get(path).body();
			assertThat(page).as(path)
				.contains("robert")
				.doesNotContain("/delete", "/pause\"", "/tags", "/ui/new\"", "/operations/new");
			assertThat(page.split("method=\"post\"")).as(path + " has only the form to sign out").hasSize(2);
		}
		assertThat(reader.get(Row.hrefOf(own)).body()).doesNotContain("The request as it was sent");
		assertThat(Visitor.signedIn(port, "susan", "submitter:own-*").get(Row.hrefOf(own)).body())
			.contains("The request as it was sent", "/delete");
	}

	@Test
	void listsOnlyWhatTheReaderMayRead() {
		var page = Visitor.signedIn(port, "robert", "reader:own-*").get("/ui").body();

		assertThat(page).contains(own.flowName()).doesNotContain(other.flowName());
	}

	@Test
	void takesNoFormThatIsNotItsOwn() {
		var submitter = Visitor.signedIn(port, "susan", "submitter:own-*");

		var forged = submitter.postWithoutToken(Row.hrefOf(own) + "/delete",
				Map.of("reason", "forged", "phase", "ACCEPTED"));
		assertThat(forged.statusCode()).isEqualTo(403);
		assertThat(forged.body()).contains("<h1>Forbidden</h1>");
		assertThat(workflows.require(own.id()).phase().name()).isEqualTo("ACCEPTED");

		var real = submitter.post(Row.hrefOf(own) + "/delete", Map.of("reason", "not needed", "phase", "ACCEPTED"));
		assertThat(real.statusCode()).isEqualTo(302);
		assertThat(workflows.require(own.id()).phase().name()).isEqualTo("CANCELLED");
		assertThat(submitter.get(location(real)).body()).contains("Reason given: not needed", "susan");
	}

	@Test
	void doesNothingToAWorkflowThatHasMovedOn() {
		var submitter = Visitor.signedIn(port, "susan", "submitter:own-*");

		var late = submitter.post(Row.hrefOf(own) + "/delete", Map.of("reason", "not needed", "phase", "FINISHED"));

		assertThat(late.statusCode()).isEqualTo(412);
		assertThat(late.body()).contains("is ACCEPTED by now");
		assertThat(workflows.require(own.id()).phase().name()).isEqualTo("ACCEPTED");
	}

	@Test
	void actsOnManyOnlyWhereTheViewerMay() {
		var submitter = Visitor.signedIn(port, "susan", "submitter:own-*", "reader:other-*");
		var order = Map.of("action", "delete", "requester", "anna");

		var preview = submitter.post("/ui/operations/preview", order).body();
		assertThat(preview).contains(own.flowName()).doesNotContain(other.flowName());
		var token = HIDDEN_TOKEN.matcher(preview).results().findFirst().orElseThrow().group(1);
		var start = new LinkedHashMap<>(order);
		start.put("token", token);
		assertThat(Visitor.signedIn(port, "oscar", "operator:*").post("/ui/operations", start).statusCode())
			.as("another's preview")
			.isEqualTo(409);
		var shown = location(submitter.post("/ui/operations", start));

		assertThat(submitter.get(shown).body()).contains("The operation has begun", own.flowName())
			.doesNotContain(other.flowName());
		assertThat(submitter.get("/ui/operations").body()).contains(token);
		var colleague = Visitor.signedIn(port, "hanna", "operator:own-*");
		assertThat(colleague.get(shown).statusCode()).isEqualTo(404);
		assertThat(colleague.get("/ui/operations").body()).doesNotContain(token);
		assertThat(colleague.post("/ui/operations/%s/cancel".formatted(token), Map.of()).statusCode()).isEqualTo(404);
		assertThat(Visitor.signedIn(port, "oscar", "operator:*").get(shown).statusCode()).isEqualTo(200);
		var withoutRights = Visitor.signedIn(port, "susan", "submitter:else-*");
		assertThat(withoutRights.get(shown).body()).as("rights are lost")
			.contains(own.id().toString())
			.doesNotContain(own.flowName());
	}

	@Test
	void actsOnNothingWithoutAFilter() {
		var submitter = Visitor.signedIn(port, "susan", "submitter:own-*");

		assertThat(location(submitter.get("/ui/operations/new"))).isEqualTo("/ui");
		var answer = submitter.post("/ui/operations/preview", Map.of("action", "delete"));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("must narrow the search");
	}

	@Test
	void asksForAReason() {
		var operator = Visitor.signedIn(port, "olga", "operator:own-*");

		var answer = operator.post("/ui/domains/own-page/pause", Map.of("reason", "  "));

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("/Reason");
	}

	@Test
	void keepsTheSessionInACookieThatNoScriptSees() {
		var reader = Visitor.signedIn(port, "robert", "reader:own-*");

		assertThat(reader.setCookie(SESSION)).contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax",
				"; Max-Age=3600");
		assertThat(reader.setCookie("__Host-profile-workflows-csrf")).contains("; Secure", "; HttpOnly",
				"; SameSite=Lax");
		assertThat(jdbc.sql("select count(*) from page_session where token_digest = :token")
			.param("token", reader.cookies().get(SESSION))
			.query(Long.class)
			.single()).as("sessions stored as the browser has them").isZero();
	}

	@Test
	void returnsToThePageThatWasAskedFor() {
		Issuer.expect("robert", Map.of("roles", List.of("reader:own-*")));
		var visitor = new Visitor(port);

		var page = visitor.follow(Row.hrefOf(own) + "?did=CREATE");

		assertThat(page.uri().getPath()).isEqualTo(Row.hrefOf(own));
		assertThat(page.body()).contains(own.flowName());
	}

	@Test
	void leadsNowhereElseAfterASignIn() {
		for (var elsewhere : List.of("https://evil.example/", "//evil.example", "/ui@evil.example",
				"/ui/..//evil.example", "/domains/own-page/workflows")) {
			Issuer.expect("robert", Map.of("roles", List.of("reader:own-*")));
			var visitor = new Visitor(port);
			var authorize = visitor.get("/ui/sign-in/issuer?to=" + elsewhere.replace("/", "%2F").replace(":", "%3A"));
			var back = visitor.get(location(visitor.get(location(authorize))));

			assertThat(location(back)).as(elsewhere).isIn("/ui", "/ui/..//evil.example");
		}
	}

	@Test
	void takesNoSignInThatAnotherBrowserBegan() {
		Issuer.expect("robert", Map.of("roles", List.of("reader:own-*")));
		var attacker = new Visitor(port);
		var callback = location(attacker.get(location(attacker.get("/ui/sign-in/issuer"))));
		var victim = new Visitor(port);
		victim.get("/ui/sign-in/issuer");

		var answer = victim.get(callback);

		assertThat(location(answer)).endsWith("/ui/welcome?because=failed");
		assertThat(victim.cookies()).doesNotContainKey(SESSION);
	}

	/**
	 * Our own decoder reads id tokens: Spring's takes RS256 alone, and waits for keys
	 * without an end.
	 */
	@Test
	void takesIdTokensThatAreSignedInAnotherWay() {
		Issuer.signIdTokens(JWSAlgorithm.PS256);
		try {
			var reader = Visitor.signedIn(port, "robert", "reader:own-*");

			assertThat(reader.cookies()).containsKey(SESSION);
		}
		finally {
			Issuer.signIdTokens(JWSAlgorithm.RS256);
		}
	}

	@Test
	void endsASessionForGood() {
		var reader = Visitor.signedIn(port, "robert", "reader:own-*");
		var session = reader.cookies().get(SESSION);

		assertThat(location(reader.post("/ui/sign-out", Map.of()))).isEqualTo("/ui/welcome?because=signed-out");

		reader.cookies().put(SESSION, session);
		assertThat(location(reader.get("/ui"))).startsWith("/ui/sign-in/issuer");
	}

	@Test
	void forgetsSessionsThatAreOver() {
		var reader = Visitor.signedIn(port, "robert", "reader:own-*");
		jdbc.sql("update page_session set good_until = clock_timestamp()").update();

		assertThat(location(reader.get("/ui"))).startsWith("/ui/sign-in/issuer");
	}

	@Test
	void isWhereTheServiceItselfLeads() {
		assertThat(location(new Visitor(port).get("/"))).isEqualTo("/ui");
	}

	@Test
	void tellsScriptsToLoadThePageAnew() {
		var answer = new Visitor(port).get("/ui", "HX-Request", "true");

		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("HX-Refresh")).contains("true");
	}

	@Test
	void showsTheDescriptionOfTheApiToThoseWhoAreSignedIn() {
		var reader = Visitor.signedIn(port, "robert", "reader:own-*");

		assertThat(reader.get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
		assertThat(reader.get("/v3/api-docs").statusCode()).isEqualTo(200);
		assertThat(reader.get("/workflows").statusCode()).as("an operation of the API").isEqualTo(403);
	}

	@Test
	void saysOfItselfThatNothingElseMayRunInIt() {
		var page = Visitor.signedIn(port, "robert", "reader:own-*").get("/ui");

		assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'")
			.doesNotContain("unsafe");
		assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(page.body()).doesNotContainPattern("<script[^>]*>[^<]|style=\"| on[a-z]+=\"|https?://(?!www\\.w3)");
	}

	private HttpResponse<String> ask(Visitor visitor, String handler, Workflow workflow) {
		var path = handler.substring(handler.indexOf(' ') + 1)
			.replace("{domainName}", workflow.domainName())
			.replace("{workflowId}", workflow.id().toString())
			.replace("{deed:adopt|resubmit|give-up|start-flow|stop-flow}", "give-up")
			.replace("{deed:retry|delete}", "delete")
			.replace("{operationId}", "0".repeat(32));
		var rule = RULES.get(handler);
		if (handler.endsWith("/changes")) {
			return visitor.get(path, "Accept", "text/event-stream");
		}
		return handler.startsWith("GET") ? visitor.get(path + rule.query()) : visitor.post(path, rule.fields());
	}

	private static String location(HttpResponse<String> answer) {
		return answer.headers().firstValue("Location").orElse("");
	}

	private static Map<String, Rule> rules() {
		var reason = Map.of("reason", "the matrix");
		var rules = new LinkedHashMap<String, Rule>();
		rules.put("GET /ui/welcome", page(Level.ANYBODY));
		rules.put("GET /ui", page(Level.READER));
		rules.put("GET /ui/changes", page(Level.READER));
		rules.put("GET /ui/about", page(Level.READER));
		rules.put("GET /ui/paused", page(Level.READER));
		rules.put("GET " + WORKFLOW, page(Level.READER));
		rules.put("GET " + WORKFLOW + "/changes", page(Level.READER));
		rules.put("GET " + WORKFLOW + "/{deed:retry|delete}", page(Level.SUBMITTER));
		rules.put("GET " + WORKFLOW + "/{deed:adopt|resubmit|give-up|start-flow|stop-flow}", page(Level.OPERATOR));
		rules.put("POST " + WORKFLOW + "/tags",
				new Rule(Level.SUBMITTER, List.of(302), Map.of("key", "team", "value", "crm"), ""));
		rules.put("POST " + WORKFLOW + "/untag", new Rule(Level.SUBMITTER, List.of(302), Map.of("key", "team"), ""));
		rules.put("POST " + WORKFLOW + "/retry", new Rule(Level.SUBMITTER, List.of(409), reason, ""));
		for (var deed : List.of("resubmit", "give-up", "start-flow", "stop-flow")) {
			rules.put("POST " + WORKFLOW + "/" + deed, new Rule(Level.OPERATOR, List.of(409), reason, ""));
		}
		rules.put("POST " + WORKFLOW + "/adopt", new Rule(Level.OPERATOR, List.of(409),
				Map.of("reason", "the matrix", "candidate", "0".repeat(32)), ""));
		rules.put("POST " + WORKFLOW + "/delete",
				new Rule(Level.SUBMITTER, List.of(302, 412), Map.of("reason", "the matrix", "phase", "ACCEPTED"), ""));
		rules.put("GET /ui/new", page(Level.SUBMITTER));
		rules.put("POST /ui/new/check",
				new Rule(Level.SUBMITTER, List.of(200), Map.of("domain", "own-page", "document", "{}"), ""));
		rules.put("POST /ui/new", new Rule(Level.SUBMITTER, List.of(400),
				Map.of("domain", "own-page", "document", "{}", "key", "x"), ""));
		rules.put("GET /ui/pause-domain", new Rule(Level.OPERATOR, List.of(302), Map.of(), "?domain=own-page"));
		for (var what : List.of("pause", "resume")) {
			rules.put("GET /ui/domains/{domainName}/" + what, page(Level.OPERATOR));
			rules.put("POST /ui/domains/{domainName}/" + what, new Rule(Level.OPERATOR, List.of(302), reason, ""));
			rules.put("GET /ui/" + what, page(Level.OPERATOR_OF_ALL));
			rules.put("POST /ui/" + what, new Rule(Level.OPERATOR_OF_ALL, List.of(302), reason, ""));
		}
		rules.put("GET /ui/operations", page(Level.READER));
		rules.put("GET /ui/operations/new", new Rule(Level.SUBMITTER, List.of(200), Map.of(), "?domain=own-page"));
		rules.put("POST /ui/operations/preview",
				new Rule(Level.SUBMITTER, List.of(200), Map.of("action", "retry", "domain", "own-page"), ""));
		rules.put("POST /ui/operations", new Rule(Level.SUBMITTER, List.of(409),
				Map.of("action", "retry", "domain", "own-page", "token", "0".repeat(32)), ""));
		// whose it is, another test asks
		rules.put("GET /ui/operations/{operationId}", new Rule(Level.READER, List.of(404), Map.of(), ""));
		rules.put("POST /ui/operations/{operationId}/cancel", new Rule(Level.SUBMITTER, List.of(404), Map.of(), ""));
		rules.put("GET /ui/outbox", page(Level.OPERATOR_OF_ALL));
		rules.put("GET /ui/outbox/redrive", new Rule(Level.OPERATOR_OF_ALL, List.of(200), Map.of(), "?subject=none"));
		rules.put("POST /ui/outbox/redrive",
				new Rule(Level.OPERATOR_OF_ALL, List.of(302), Map.of("subject", "none", "reason", "the matrix"), ""));
		// last: it ends the session
		rules.put("POST /ui/sign-out", new Rule(Level.ANYBODY, List.of(302), Map.of(), ""));
		return rules;
	}

	private static Rule page(Level level) {
		return new Rule(level, List.of(200), Map.of(), "");
	}

	private enum Level {

		ANYBODY, READER, SUBMITTER, OPERATOR, OPERATOR_OF_ALL

	}

	private record Rule(Level level, List<Integer> answers, Map<String, String> fields, String query) {
	}

}
