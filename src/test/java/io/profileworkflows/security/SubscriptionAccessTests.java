package io.profileworkflows.security;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.subscriptions.Postman;
import io.profileworkflows.subscriptions.Receiver;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who sees and changes a subscription, and what its owner gets who may do less by now.
 */
@SecuredTest
@EmptyTables
class SubscriptionAccessTests {

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	WorkOff workOff;

	@Autowired
	AccessKeys keys;

	@LocalServerPort
	int port;

	private final Receiver receiver = new Receiver();

	private Postman postman;

	@BeforeEach
	void begin() {
		postman = new Postman(workOff, jdbc);
	}

	@AfterEach
	void end() {
		receiver.close();
		KeyFile.takeAway();
	}

	@Test
	void isThereForSubmittersOfAllItsDomainsOnly() {
		var path = pathOf(subscribe(tokenOf("sonja", "submitter:own-*", "submitter:other-*"), "own-a", "other-a"));
		var colleague = tokenOf("colin", "submitter:*");
		var halfOfIt = tokenOf("hanna", "submitter:own-*", "reader:other-*");

		for (var one : List.of(get(path), get(path + "/deliveries"), post(path + "/test"), post(path + "/switch-on"),
				post(path + "/rotate-secret"), Ask.to(port, "DELETE", path))) {
			assertThat(one.withToken(halfOfIt).send().status()).as(one.toString()).isEqualTo(404);
			assertThat(one.withToken(colleague).send().status()).as(one.toString()).isEqualTo(200);
		}
		assertThat(get(path).withToken(colleague).send().status()).as("deleted").isEqualTo(404);
	}

	@Test
	void isListedForSubmittersOfAllItsDomainsOnly() {
		subscribe(tokenOf("sonja", "submitter:own-*", "submitter:other-*"), "own-a", "other-a");

		assertThat(namesFor(tokenOf("colin", "submitter:*"))).hasSize(1);
		assertThat(namesFor(tokenOf("hanna", "submitter:own-*", "reader:other-*"))).isEmpty();
	}

	@Test
	void canBeMadeForOwnDomainsOnly() {
		var answer = post("/subscriptions").withBody(body("own-a", "other-a"))
			.withToken(tokenOf("sonja", "submitter:own-*"))
			.send();

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).contains("/Domains/1");
	}

	@Test
	void tellsNothingToAnOwnerWhoseKeyIsGone() {
		putKey("own-*");
		var path = pathOf(subscribeWithKey("own-*"));
		accept("own-a");
		postman.deliverAll();
		assertThat(receiver.received()).hasSize(1);

		takeKeyAway();
		accept("own-a");
		postman.deliverAll();

		assertThat(receiver.received()).hasSize(1);
		var held = asOperator(path + "/deliveries").at("/Items/0");
		assertThat(held.path("State").asString()).isEqualTo("PENDING");
		assertThat(held.path("Failure").asString()).startsWith("Nothing was sent: the owner is not known");
		assertThat(asOperator(path).path("State").asString()).isEqualTo("FAILING");

		putKey("own-*");
		postman.makeDue();
		postman.deliverAll();
		assertThat(receiver.received()).as("what it missed, too").hasSize(2);
		assertThat(asOperator(path).path("State").asString()).isEqualTo("ON");
	}

	@Test
	void isSwitchedOffIfItsOwnerMayNothingForDays() {
		putKey("own-*");
		var path = pathOf(subscribeWithKey("own-*"));
		putKey("restricted-*");
		accept("own-a");
		postman.deliverAll();
		jdbc.sql("update subscription set failing_since = clock_timestamp() - interval '73 hours'").update();
		postman.makeDue();
		postman.deliverAll();

		assertThat(receiver.received()).isEmpty();
		var off = asOperator(path);
		assertThat(off.path("State").asString()).isEqualTo("OFF");
		assertThat(off.path("Reason").asString()).contains("the owner is not known to be a submitter of domain own-a");
	}

	@Test
	void goesOnInTheDomainsThatAreLeft() {
		putKey("own-*,other-*");
		var path = pathOf(subscribeWithKey("own-*", "other-*"));
		putKey("own-b*");
		accept("other-a");
		accept("own-a");
		accept("own-b");
		postman.deliverAll();

		assertThat(receiver.received()).extracting(received -> received.data().path("DomainName").asString())
			.containsExactly("own-b");
		assertThat(asOperator(path).path("State").asString()).isEqualTo("ON");
		accept("own-b");
		postman.deliverAll();
		assertThat(receiver.received()).as("nothing holds it back").hasSize(2);
	}

	@Test
	void sendsNoTestToAnOwnerWithoutRights() {
		putKey("own-*");
		var path = pathOf(subscribeWithKey("own-*"));
		takeKeyAway();

		assertThat(post(path + "/test").signed("AKEVERYWHERE", SecuredTest.SECRET).send().status()).isEqualTo(200);
		postman.deliverAll();

		assertThat(receiver.received()).isEmpty();
	}

	@Test
	void believesATokenForSomeTime() {
		var token = tokenOf("sonja", "submitter:own-*");
		var created = subscribe(token, "own-*");
		var path = pathOf(created);
		assertThat(created.path("RightsUntil").doubleValue()).isGreaterThan(created.path("CreatedAt").doubleValue());
		accept("own-a");
		postman.deliverAll();
		assertThat(receiver.received()).hasSize(1);

		jdbc.sql("update subscription_owner set good_until = clock_timestamp()").update();
		accept("own-a");
		postman.deliverAll();
		assertThat(receiver.received()).hasSize(1);
		assertThat(asOperator(path).path("State").asString()).as("another's request is no sign of life")
			.isEqualTo("FAILING");

		assertThat(get("/subscriptions").withToken(token).send().status()).isEqualTo(200);
		postman.makeDue();
		postman.deliverAll();
		assertThat(receiver.received()).hasSize(2);
	}

	@Test
	void takesTheLatestTokenForTheRight() {
		subscribe(tokenOf("sonja", "submitter:own-*", "submitter:other-*"), "own-*", "other-*");
		get("/subscriptions").withToken(tokenOf("sonja", "submitter:own-*", "reader:other-*")).send();
		accept("other-a");
		accept("own-a");
		postman.deliverAll();

		assertThat(receiver.received()).extracting(received -> received.data().path("DomainName").asString())
			.containsExactly("own-a");
	}

	@Test
	void remembersNoOwnerWithoutSubscriptions() {
		var token = tokenOf("sonja", "submitter:own-*");
		get("/subscriptions").withToken(token).send();
		assertThat(owners()).isZero();

		var path = pathOf(subscribe(token, "own-*"));
		assertThat(owners()).isOne();
		Ask.to(port, "DELETE", path).withToken(token).send();

		assertThat(owners()).isZero();
	}

	private int owners() {
		return jdbc.sql("select count(*) from subscription_owner").query(Integer.class).single();
	}

	private void putKey(String domains) {
		KeyFile.put(domains);
		await().until(() -> keys.grantsOf("fiona").domainsOf(Role.SUBMITTER).equals(Wildcards.of(domains.split(","))));
	}

	private void takeKeyAway() {
		KeyFile.takeAway();
		await().until(() -> keys.grantsOf("fiona").all().isEmpty());
	}

	private static Ask signed(Ask ask) {
		return ask.signed(KeyFile.KEY, SecuredTest.SECRET);
	}

	private static String tokenOf(String subject, String... roles) {
		return Issuer.token(subject, Map.of("roles", List.of(roles)));
	}

	private JsonNode subscribe(String token, String... domains) {
		var answer = post("/subscriptions").withBody(body(domains)).withToken(token).send();
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer.body();
	}

	private JsonNode subscribeWithKey(String... domains) {
		var answer = signed(post("/subscriptions").withBody(body(domains))).send();
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer.body();
	}

	private String body(String... domains) {
		return JSON.writeValueAsString(
				Map.of("Name", UUID.randomUUID().toString(), "Url", receiver.url("/"), "Domains", domains));
	}

	private static String pathOf(JsonNode subscription) {
		return "/subscriptions/" + subscription.path("SubscriptionId").asString();
	}

	private List<String> namesFor(String token) {
		return get("/subscriptions").withToken(token)
			.send()
			.body()
			.path("Items")
			.valueStream()
			.map(item -> item.path("Name").asString())
			.toList();
	}

	private JsonNode asOperator(String path) {
		return get(path).signed("AKEVERYWHERE", SecuredTest.SECRET).send().body();
	}

	private Ask get(String path) {
		return Ask.to(port, "GET", path);
	}

	private Ask post(String path) {
		return Ask.to(port, "POST", path);
	}

	private void accept(String domainName) {
		workflows.accept(SampleRequest.in(domainName).request(), List.of(), "anna", null);
	}

}
