package io.profileworkflows.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation of the service, asked for by everybody, on either side of the fence,
 * with either kind of credentials. An operation that is not in {@link #RULES} fails.
 */
@SecuredTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTests {

	/** What each operation needs, and what is answered to those who have it. */
	private static final Map<String, Rule> RULES = rules();

	private static final String REASON = "{ \"Reason\": \"the matrix\" }";

	private static final List<Actor> ACTORS = actors();

	@Autowired
	List<RequestMappingInfoHandlerMapping> mappings;

	@Autowired
	WebEndpointsSupplier endpoints;

	@Autowired
	Workflows workflows;

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	private final SampleRequest own = SampleRequest.in("own-matrix");

	private final SampleRequest other = SampleRequest.in("other-matrix");

	private WorkflowId ownId;

	private WorkflowId otherId;

	@BeforeEach
	void accept() {
		ownId = accept(own);
		otherId = accept(other);
	}

	@Test
	void knowsEveryOperation() {
		var known = new TreeSet<>(Stream.concat(operations(), actuatorOperations()).toList());

		assertThat(known).as("an operation without an entry in the matrix, or an entry without its operation")
			.isEqualTo(new TreeSet<>(RULES.keySet()));
	}

	@Test
	void letsEverybodyDoWhatHeMayAndNothingElse() {
		var wrong = new ArrayList<String>();
		RULES.forEach((operation, rule) -> ACTORS.forEach(actor -> {
			wrong.addAll(complaints(operation, rule, actor, own.domainName(), ownId));
			if (rule.scope() == Scope.DOMAIN) {
				wrong.addAll(complaints(operation, rule, actor, other.domainName(), otherId));
			}
		}));

		assertThat(wrong).isEmpty();
	}

	@Test
	void hidesWhatIsThereAsIfItWereNot() {
		var ofTheApi = RULES.keySet()
			.stream()
			.filter(operation -> operation.contains("{workflowId}") && !isActuator(operation));
		ofTheApi.forEach(operation -> {
			var there = ask(operation, other.domainName(), otherId).signed("AKOPERATOR", SecuredTest.SECRET).send();
			var nowhere = ask(operation, other.domainName(), WorkflowId.of("0".repeat(32)))
				.signed("AKOPERATOR", SecuredTest.SECRET)
				.send();
			var ownNowhere = ask(operation, own.domainName(), WorkflowId.of("0".repeat(32)))
				.signed("AKOPERATOR", SecuredTest.SECRET)
				.send();

			assertThat(there.status()).as(operation).isEqualTo(404).isEqualTo(ownNowhere.status());
			assertThat(there.message()).isEqualTo(nowhere.message().replace("0".repeat(32), otherId.toString()))
				.isEqualTo(ownNowhere.message()
					.replace("0".repeat(32), otherId.toString())
					.replace(own.domainName(), other.domainName()));
			assertThat(there.errorType()).isEqualTo(ownNowhere.errorType());
		});
	}

	private List<String> complaints(String operation, Rule rule, Actor actor, String domainName, WorkflowId id) {
		var before = workflows.require(other.domainName(), otherId).version();
		var answer = actor.present(ask(operation, domainName, id)).send();
		var expected = expected(rule, actor, domainName);
		var complaints = new ArrayList<String>();
		if (!expected.contains(answer.status())) {
			complaints.add("%s of %s as %s: %d instead of %s: %s".formatted(operation, domainName, actor.name(),
					answer.status(), expected, answer.text()));
		}
		if (answer.status() >= 400 && !isActuator(operation)
				&& (answer.errorType() == null || answer.message().isBlank())) {
			complaints.add("%s as %s: no error of AWS's kind: %s".formatted(operation, actor.name(), answer.text()));
		}
		var mayTouchOther = actor.grants() != null && actor.grants().domainsOf(Role.READER).include(other.domainName());
		if (!mayTouchOther && workflows.require(other.domainName(), otherId).version() != before) {
			complaints.add("%s as %s: touched the other domain".formatted(operation, actor.name()));
		}
		if (!mayTouchOther && answer.status() < 300 && answer.text().contains(otherId.toString())) {
			complaints.add("%s as %s: shows the other domain".formatted(operation, actor.name()));
		}
		return complaints;
	}

	private static Set<Integer> expected(Rule rule, Actor actor, String domainName) {
		var allowed = rule.answers();
		if (rule.scope() == Scope.ANYBODY) {
			return actor.isBroken() ? Set.of(Objects.requireNonNull(actor.refusedWith())) : allowed;
		}
		var grants = actor.grants();
		if (grants == null) {
			return Set.of((actor.refusedWith() != null) ? actor.refusedWith() : 403);
		}
		return switch (rule.scope()) {
			case ANY_CALLER -> allowed;
			case ANY_DOMAIN -> grants.domainsOf(rule.role()).isEmpty() ? Set.of(403) : allowed;
			case ALL_DOMAINS -> grants.domainsOf(rule.role()).includeEverything() ? allowed : Set.of(403);
			case DOMAIN -> {
				if (grants.all().isEmpty()) {
					yield Set.of(403);
				}
				if (!grants.domainsOf(Role.READER).include(domainName)) {
					yield Set.of(404);
				}
				yield grants.domainsOf(rule.role()).include(domainName) ? allowed : Set.of(403);
			}
			case ANYBODY -> throw new IllegalStateException();
		};
	}

	private static boolean isActuator(String operation) {
		return operation.contains(" /actuator/");
	}

	private Ask ask(String operation, String domainName, WorkflowId id) {
		var method = operation.substring(0, operation.indexOf(' '));
		var arn = "arn%%3Aaws%%3Aprofile%%3Aeu-central-1%%3A123456789012%%3Adomains%%2F%s%%2Fworkflows%%2F%s"
			.formatted(domainName, id);
		var path = operation.substring(operation.indexOf(' ') + 1)
			.replace("{domainName}", domainName)
			.replace("{workflowId}", id.toString())
			.replace("{operationId}", "0".repeat(32))
			.replace("{resourceArn}/*/**", "some/thing")
			.replace("{resourceArn}", arn)
			.replace("{subscriptionId}", "0".repeat(32))
			.replace("{deliveryId}", "evt_" + "0".repeat(32))
			.replace("{*path}", "")
			.replace("{requiredMetricName}", "jvm.info")
			.replace("sbom/{id}", "sbom/application");
		var rule = RULES.get(operation);
		var ask = Ask.to(isActuator(operation) ? managementPort : port, method, path + rule.query());
		var body = (rule.body() == null) ? null : rule.body()
			.replaceAll("^sample$", Matcher.quoteReplacement(SampleRequest.in(domainName).json()))
			.replaceAll("^bulk$", Matcher.quoteReplacement("[%s]".formatted(SampleRequest.in("other-matrix").json())));
		return (body != null) ? ask.withBody(body) : ask;
	}

	private WorkflowId accept(SampleRequest sample) {
		var ask = Ask.to(port, "POST", sample.path()).withBody(sample.json());
		var answer = ask.signed("AKEVERYWHERE", SecuredTest.SECRET).send();
		assertThat(answer.status()).as(answer.text()).isEqualTo(202);
		return WorkflowId.of(answer.body().path("WorkflowId").asString());
	}

	private Stream<String> operations() {
		return mappings.stream()
			.flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
			.filter(mapping -> !mapping.getValue().getBeanType().getSimpleName().equals("ErrorPage"))
			// PageAccessTests has those of the page, which take neither keys nor tokens
			.filter(mapping -> mapping.getKey().getPatternValues().stream().noneMatch(path -> path.startsWith("/ui")))
			.flatMap(mapping -> named(mapping.getKey(), mapping.getValue()));
	}

	private static Stream<String> named(RequestMappingInfo mapping, HandlerMethod handler) {
		var methods = mapping.getMethodsCondition().getMethods();
		assertThat(handler.toString()).isNotBlank();
		return mapping.getPatternValues()
			.stream()
			.flatMap(path -> (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods).stream()
				.map(method -> method + " " + path));
	}

	private Stream<String> actuatorOperations() {
		return endpoints.getEndpoints()
			.stream()
			.flatMap(endpoint -> endpoint.getOperations().stream())
			.map(operation -> operation.getRequestPredicate())
			.map(predicate -> "%s /actuator/%s".formatted(predicate.getHttpMethod(), predicate.getPath()));
	}

	private static Map<String, Rule> rules() {
		var rules = new LinkedHashMap<String, Rule>();
		var domain = "/domains/{domainName}";
		var workflow = domain + "/workflows/{workflowId}";
		rules.put("POST " + domain + "/workflows/integrations", in(Role.SUBMITTER, 202).body("sample"));
		rules.put("POST " + domain + "/workflows", in(Role.READER, 200).body("{}"));
		rules.put("GET " + domain + "/workflows", in(Role.READER, 200));
		rules.put("GET " + workflow, in(Role.READER, 200));
		rules.put("GET " + workflow + "/steps", in(Role.READER, 200));
		rules.put("GET " + workflow + "/history", in(Role.READER, 200));
		rules.put("DELETE " + workflow, in(Role.SUBMITTER, 200));
		rules.put("GET /tags/{resourceArn}", in(Role.READER, 200));
		rules.put("POST /tags/{resourceArn}", in(Role.SUBMITTER, 200).body("{ \"tags\": { \"team\": \"crm\" } }"));
		rules.put("DELETE /tags/{resourceArn}", in(Role.SUBMITTER, 200).query("?tagKeys=team"));
		rules.put("GET /tags/{resourceArn}/*/**", forAnyCaller(400));
		rules.put("GET /workflows", new Rule(Scope.ANY_DOMAIN, Role.READER, Set.of(200), null, ""));
		rules.put("POST " + workflow + "/retry", in(Role.SUBMITTER, 409));
		rules.put("POST " + workflow + "/adopt", in(Role.OPERATOR, 409)
			.body("{ \"Reason\": \"the matrix\", \"RemoteWorkflowId\": \"%s\" }".formatted("0".repeat(32))));
		rules.put("POST " + workflow + "/resubmit", in(Role.OPERATOR, 409).body(REASON));
		rules.put("POST " + workflow + "/give-up", in(Role.OPERATOR, 409).body(REASON));
		rules.put("POST " + domain + "/pause", in(Role.OPERATOR, 200).body(REASON));
		rules.put("GET " + domain + "/pause", in(Role.READER, 200));
		rules.put("GET /paused", new Rule(Scope.ANY_DOMAIN, Role.READER, Set.of(200), null, ""));
		rules.put("POST " + domain + "/resume", in(Role.OPERATOR, 200).body(REASON));
		rules.put("GET " + workflow + "/runs", in(Role.READER, 200));
		rules.put("POST " + workflow + "/flow/start", in(Role.OPERATOR, 409).body(REASON));
		rules.put("POST " + workflow + "/flow/stop", in(Role.OPERATOR, 409).body(REASON));
		var subscription = "/subscriptions/{subscriptionId}";
		rules.put("POST /subscriptions", forSubmitters(201, 409)
			.body("{ \"Name\": \"the matrix\", \"Url\": \"https://hooks.example.com/matrix\" }"));
		rules.put("GET /subscriptions", inAnyDomain(200));
		// what is there, and whose, SubscriptionAccessTests asks for
		rules.put("GET " + subscription, inAnyDomain(404));
		rules.put("DELETE " + subscription, forSubmitters(404));
		rules.put("POST " + subscription + "/test", forSubmitters(404));
		rules.put("POST " + subscription + "/rotate-secret", forSubmitters(404));
		rules.put("POST " + subscription + "/switch-on", forSubmitters(404));
		rules.put("GET " + subscription + "/deliveries", inAnyDomain(404));
		rules.put("POST " + subscription + "/deliveries/{deliveryId}/redeliver", forSubmitters(404));
		rules.put("POST /bulk", new Rule(Scope.ANY_DOMAIN, Role.SUBMITTER, Set.of(200), "bulk", ""));
		for (var action : List.of("retry", "delete", "tag")) {
			var rule = new Rule(Scope.ANY_DOMAIN, Role.SUBMITTER, Set.of(200), null, "?domain=own-matrix&preview=true");
			rules.put("POST /bulk/" + action,
					action.equals("tag") ? rule.body("{ \"RemoveTags\": [\"team\"] }") : rule);
		}
		rules.put("GET /operations", new Rule(Scope.ANY_DOMAIN, Role.READER, Set.of(200), null, ""));
		rules.put("GET /operations/{operationId}", new Rule(Scope.ANY_DOMAIN, Role.READER, Set.of(404), null, ""));
		rules.put("GET /operations/{operationId}/items",
				new Rule(Scope.ANY_DOMAIN, Role.READER, Set.of(404), null, ""));
		rules.put("POST /operations/{operationId}/cancel",
				new Rule(Scope.ANY_DOMAIN, Role.SUBMITTER, Set.of(404), null, ""));
		rules.put("POST /pause", forOperatorsOfAll(200).body(REASON));
		rules.put("POST /resume", forOperatorsOfAll(200).body(REASON));
		rules.put("GET /v3/api-docs", forAnyCaller(200));
		rules.put("GET /v3/api-docs.yaml", forAnyCaller(200));
		rules.put("GET /livez", forAnybody());
		rules.put("GET /readyz", forAnybody());
		rules.put("GET /actuator/health", forAnybody());
		rules.put("GET /actuator/health/{*path}", forAnybody());
		rules.put("GET /actuator/prometheus", forAnybody());
		rules.put("GET /actuator/info", forOperatorsOfAll(200));
		rules.put("GET /actuator/metrics", forOperatorsOfAll(200));
		rules.put("GET /actuator/metrics/{requiredMetricName}", forOperatorsOfAll(200));
		rules.put("GET /actuator/outbox", forOperatorsOfAll(200));
		rules.put("GET /actuator/sbom", forOperatorsOfAll(200));
		// Maven makes none where it is offline
		rules.put("GET /actuator/sbom/{id}", new Rule(Scope.ALL_DOMAINS, Role.OPERATOR, Set.of(200, 404), null, ""));
		rules.put("POST /actuator/outbox",
				forOperatorsOfAll(200).body("{ \"subject\": \"none\", \"reason\": \"the matrix\" }"));
		rules.put("GET /actuator/workflows", forOperatorsOfAll(200));
		rules.put("GET /actuator/workflows/{workflowId}", forOperatorsOfAll(200));
		return rules;
	}

	private static Rule in(Role role, int answer) {
		return new Rule(Scope.DOMAIN, role, Set.of(answer), null, "");
	}

	private static Rule forAnyCaller(int answer) {
		return new Rule(Scope.ANY_CALLER, Role.READER, Set.of(answer), null, "");
	}

	private static Rule forOperatorsOfAll(int answer) {
		return new Rule(Scope.ALL_DOMAINS, Role.OPERATOR, Set.of(answer), null, "");
	}

	private static Rule inAnyDomain(int answer) {
		return new Rule(Scope.ANY_DOMAIN, Role.READER, Set.of(answer), null, "");
	}

	private static Rule forSubmitters(Integer... answers) {
		return new Rule(Scope.ANY_DOMAIN, Role.SUBMITTER, Set.of(answers), null, "");
	}

	private static Rule forAnybody() {
		return new Rule(Scope.ANYBODY, Role.READER, Set.of(200), null, "");
	}

	private static List<Actor> actors() {
		var actors = new ArrayList<Actor>();
		Map.of("robert", Role.READER, "susan", Role.SUBMITTER, "olga", Role.OPERATOR).forEach((name, role) -> {
			var grants = new Grants(List.of(new Grant(role, Wildcards.of("own-*"))));
			var token = Issuer.token(name, Map.of("roles", List.of(role.toString()), "domains", List.of("own-*")));
			actors.add(new Actor(role + " with a token", "Bearer " + token, null, null, grants, null));
			actors.add(new Actor(role + " with a key", null, "AK" + role.name(), SecuredTest.SECRET, grants, null));
		});
		var everywhere = Issuer.token("oscar", Map.of("roles", List.of("operator:*")));
		actors.add(new Actor("operator of all, token", "Bearer " + everywhere, null, null, Grants.EVERYTHING, null));
		actors
			.add(new Actor("operator of all, key", null, "AKEVERYWHERE", SecuredTest.SECRET, Grants.EVERYTHING, null));
		var useless = Issuer.token("nora", Map.of("roles", List.of("offline_access")));
		actors.add(new Actor("nobody in particular", "Bearer " + useless, null, null, Grants.NONE, null));
		actors.add(new Actor("nobody", null, null, null, null, 403));
		actors.add(new Actor("broken token", "Bearer " + everywhere.substring(0, everywhere.length() - 9), null, null,
				null, 401));
		actors.add(new Actor("wrong secret", null, "AKEVERYWHERE", "wrong", null, 403));
		actors.add(new Actor("unknown key", null, "AKNOBODY", SecuredTest.SECRET, null, 403));
		actors.add(new Actor("another scheme", "Basic b3NjYXI6b3NjYXI=", null, null, null, 403));
		return actors;
	}

	private enum Scope {

		/** One domain, that in the path. */
		DOMAIN,

		/** What is shown and touched is that of the domains that the caller may. */
		ANY_DOMAIN,

		ALL_DOMAINS, ANY_CALLER, ANYBODY

	}

	private record Rule(Scope scope, Role role, Set<Integer> answers, @Nullable String body, String query) {

		Rule body(String body) {
			return new Rule(scope, role, answers, body, query);
		}

		Rule query(String query) {
			return new Rule(scope, role, answers, body, query);
		}

	}

	private record Actor(String name, @Nullable String authorization, @Nullable String accessKey,
			@Nullable String secret, @Nullable Grants grants, @Nullable Integer refusedWith) {

		boolean isBroken() {
			return grants == null && (accessKey != null || authorization != null && authorization.startsWith("Bearer"));
		}

		Ask present(Ask ask) {
			if (accessKey != null && secret != null) {
				return ask.signed(accessKey, secret);
			}
			return (authorization != null) ? ask.with("Authorization", authorization) : ask;
		}

	}

}
