package io.profileworkflows.subscriptions;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.profileworkflows.Completion;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.FlowState;
import io.profileworkflows.workflow.Progress;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@PostgresTest
@EmptyTables
class SubscriptionsTests {

	private static final Cause CAUSE = Cause.of("test", "because");

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	WorkOff workOff;

	private final Receiver receiver = new Receiver();

	@AfterEach
	void end() {
		receiver.close();
	}

	@Test
	void tellsOfTheWholeLifeOfAWorkflowInOrder() {
		var secret = subscribe("{}").path("Secret").asString();

		var id = accept("retail");
		workflows.change(id, CAUSE, Workflow::submit);
		workflows.change(id, CAUSE, workflow -> workflow.confirm("1".repeat(32), Provenance.CREATED, Instant.now()));
		workflows.follow(id, new Progress("COMPLETE", null, null, null, null, List.of()), CAUSE);
		showFlow(id, FlowHealth.HEALTHY);
		showFlow(id, FlowHealth.HEALTHY);
		showFlow(id, FlowHealth.FAILING);
		jdbc.sql("delete from outbox where subject = :id").param("id", id.toString()).update();
		workflows.delete("retail", id, "test", false);
		workflows.change(id, CAUSE, Workflow::deleted);
		deliverAll();

		assertThat(receiver.received()).extracting(Receiver.Received::type)
			.containsExactly("workflow.accepted", "workflow.submitted", "workflow.finished", "flow.health-changed",
					"flow.health-changed", "workflow.deleted");
		assertThat(receiver.received()).allSatisfy(received -> {
			assertThat(received.isSignedWith(secret)).isTrue();
			assertThat(received.headers().firstValue("content-type")).contains("application/json");
			assertThat(received.data().path("WorkflowId").asString()).isEqualTo(id.toString());
		});
		assertThat(receiver.received()).extracting(received -> received.data().path("Phase").asString())
			.containsExactly("ACCEPTED", "SUBMITTED", "FINISHED", "FINISHED", "FINISHED", "DELETED");
		assertThat(receiver.received()).extracting(Receiver.Received::id).doesNotHaveDuplicates();
		assertThat(receiver.received().get(4).data().at("/Flow/Health").asString()).isEqualTo("FAILING");
	}

	@Test
	void tellsOfWhatGoesWrong() {
		subscribe("{}");
		var reviewed = accept("retail");
		workflows.review(reviewed, CAUSE, List.of());
		var rejected = accept("retail");
		workflows.change(rejected, CAUSE, workflow -> workflow.reject("the role does not exist"));
		var cancelled = accept("retail");
		workflows.delete("retail", cancelled, "test", false);
		deliverAll();

		assertThat(typesOf(reviewed)).containsExactly("workflow.accepted", "workflow.needs-review");
		assertThat(typesOf(rejected)).containsExactly("workflow.accepted", "workflow.rejected");
		assertThat(typesOf(cancelled)).containsExactly("workflow.accepted", "workflow.cancelled");
	}

	@Test
	void sendsWhatGetWorkflowAnswers() {
		subscribe("{}");
		var id = accept("retail");
		deliverAll();
		var shown = mvc.get().uri("/domains/retail/workflows/" + id).exchange();

		assertThat(receiver.received()).singleElement()
			.satisfies(received -> assertThat(received.data()).isEqualTo(JSON.readTree(body(shown))));
	}

	@Test
	void tellsOfAnotherTryAtAFailedOne() {
		subscribe("{ \"Events\": [\"workflow.accepted\"] }");
		var rejected = accept("retail");
		workflows.change(rejected, CAUSE, workflow -> workflow.reject("the role does not exist"));
		assertThat(mvc.post().uri("/domains/retail/workflows/%s/retry".formatted(rejected)).exchange())
			.hasStatus(HttpStatus.ACCEPTED);
		deliverAll();

		assertThat(receiver.received()).hasSize(2);
		assertThat(receiver.received()).extracting(received -> received.data().path("RetryOf").asString())
			.containsOnlyOnce(rejected.toString());
	}

	@Test
	void writesNothingWhereNobodySubscribes() {
		subscribe("{ \"Events\": [\"workflow.finished\"], \"Domains\": [\"retail\", \"crm-*\"] }");
		accept("retail");
		Completion.withFlow(accept("elsewhere"), workflows, jdbc);

		assertThat(count("event")).isZero();
		Completion.withFlow(accept("crm-emea"), workflows, jdbc);
		assertThat(count("event")).isOne();
	}

	@Test
	void writesNothingIfTheChangeIsUndone() {
		subscribe("{}");
		var id = accept("retail");

		assertThatIllegalStateException().isThrownBy(() -> transaction.executeWithoutResult(_ -> {
			workflows.change(id, CAUSE, Workflow::submit);
			workflows.change(id, CAUSE,
					workflow -> workflow.confirm("1".repeat(32), Provenance.CREATED, Instant.now()));
			throw new IllegalStateException("broken off");
		}));

		assertThat(jdbc.sql("select type from event").query(String.class).list()).containsExactly("workflow.accepted");
	}

	@Test
	void sendsOnlyWhatWasAskedFor() {
		var others = new Receiver();
		subscribe("{ \"Events\": [\"workflow.cancelled\"], \"Domains\": [\"retail\"] }");
		subscribe(others, "{ \"Domains\": [\"r*l\", \"a_b\"] }");
		for (var domain : List.of("retail", "real", "axb", "a_b")) {
			workflows.delete(domain, accept(domain), "test", false);
		}
		deliverAll();
		others.close();

		assertThat(receiver.received()).singleElement()
			.satisfies(received -> assertThat(received.type()).isEqualTo("workflow.cancelled"));
		assertThat(others.received()).extracting(received -> received.data().path("DomainName").asString())
			.containsOnly("retail", "real", "a_b")
			.hasSize(6);
	}

	@Test
	void tellsNothingThatWasBefore() {
		var first = new Receiver();
		subscribe(first, "{}");
		var before = accept("retail");
		subscribe("{}");
		var after = accept("retail");
		deliverAll();
		first.close();

		assertThat(first.received()).hasSize(2);
		assertThat(typesOf(before)).isEmpty();
		assertThat(typesOf(after)).hasSize(1);
	}

	@Test
	void letsALaterEventWaitForTheEarlierOne() {
		subscribe("{}");
		var stuck = accept("retail");
		workflows.delete("retail", stuck, "test", false);
		var free = accept("retail");
		receiver.answer(received -> received.data().path("WorkflowId").asString().equals(stuck.toString()) ? 500 : 204);
		deliverAll();

		assertThat(typesOf(free)).containsExactly("workflow.accepted");
		assertThat(typesOf(stuck)).containsExactly("workflow.accepted");
		receiver.answer(_ -> 204);
		makeDue();
		deliverAll();

		assertThat(typesOf(stuck)).containsExactly("workflow.accepted", "workflow.accepted", "workflow.cancelled");
		assertThat(receiver.received()
			.stream()
			.filter(received -> received.type().equals("workflow.accepted") && idOf(received).equals(stuck.toString()))
			.map(Receiver.Received::id)
			.distinct()).as("the same event twice").hasSize(1);
	}

	@Test
	void keepsWhatWasAnswered() {
		var subscription = idOf(subscribe("{}"));
		receiver.answer(503, "é".repeat(1000) + "\0");
		accept("retail");
		deliverAll();

		var failed = deliveries(subscription).path("Items").get(0);
		assertThat(failed.path("State").asString()).isEqualTo("PENDING");
		assertThat(failed.path("StatusCode").asInt()).isEqualTo(503);
		assertThat(failed.path("Attempts").asInt()).isOne();
		assertThat(failed.path("Answer").asString()).hasSize(512);
		assertThat(failed.path("Failure").asString()).isEqualTo("The answer was 503");
		assertThat(failed.path("NextAttemptAt").asDouble()).isGreaterThan(failed.path("AttemptedAt").asDouble());
		assertThat(get("/subscriptions/" + subscription).path("State").asString()).isEqualTo("FAILING");

		receiver.answer(200, "well \0 done");
		makeDue();
		deliverAll();

		var done = deliveries(subscription).path("Items").get(0);
		assertThat(done.path("State").asString()).isEqualTo("DELIVERED");
		assertThat(done.path("Answer").asString()).isEqualTo("well \ufffd done");
		assertThat(done.path("Attempts").asInt()).isEqualTo(2);
		assertThat(done.has("Failure")).isFalse();
		assertThat(get("/subscriptions/" + subscription).path("State").asString()).isEqualTo("ON");
	}

	@Test
	void sendsAgainWhatSomebodyWantsAgain() {
		var subscription = idOf(subscribe("{}"));
		accept("retail");
		deliverAll();
		var delivery = deliveries(subscription).path("Items").get(0).path("DeliveryId").asString();

		post("/subscriptions/%s/deliveries/%s/redeliver".formatted(subscription, delivery));
		deliverAll();

		assertThat(receiver.received()).hasSize(2).extracting(Receiver.Received::id).containsOnly(delivery);
		assertThat(receiver.received()).extracting(Receiver.Received::body)
			.containsOnly(receiver.received().getFirst().body());
		assertThat(deliveries(subscription).at("/Items/0/Attempts").asInt()).isEqualTo(2);
	}

	@Test
	void showsDeliveriesByThePage() {
		var subscription = idOf(subscribe("{}"));
		for (int number = 0; number < 5; number++) {
			accept("retail");
		}
		deliverAll();

		var path = "/subscriptions/%s/deliveries?max-results=2".formatted(subscription);
		var first = get(path);
		var second = get(path + "&next-token=" + first.path("NextToken").asString());
		var third = get(path + "&next-token=" + second.path("NextToken").asString());

		assertThat(first.path("Items")).hasSize(2);
		assertThat(second.path("Items")).hasSize(2);
		assertThat(third.path("Items")).hasSize(1);
		assertThat(third.has("NextToken")).isFalse();
		assertThat(List.of(first, second, third)
			.stream()
			.flatMap(page -> page.path("Items").valueStream())
			.map(delivery -> delivery.path("DeliveryId").asString())).doesNotHaveDuplicates();
	}

	@Test
	void sendsATest() {
		var created = subscribe("{ \"Events\": [\"workflow.finished\"] }");
		var sent = post("/subscriptions/%s/test".formatted(idOf(created)));
		deliverAll();

		assertThat(receiver.received()).singleElement().satisfies(received -> {
			assertThat(received.type()).isEqualTo("subscription.test");
			assertThat(received.id()).isEqualTo(sent.path("DeliveryId").asString());
			assertThat(received.isSignedWith(created.path("Secret").asString())).isTrue();
		});
	}

	@Test
	void tellsASecretOnceAndSignsWithBothForAWhile() {
		var created = subscribe("{}");
		var id = idOf(created);
		assertThat(get("/subscriptions/" + id).has("Secret")).isFalse();
		assertThat(get("/subscriptions").path("Items").get(0).has("Secret")).isFalse();

		var rotated = post("/subscriptions/%s/rotate-secret".formatted(id));
		accept("retail");
		deliverAll();
		var during = receiver.received().getFirst();
		jdbc.sql("update subscription set old_secret_until = clock_timestamp()").update();
		accept("retail");
		deliverAll();
		var afterwards = receiver.received().getLast();

		assertThat(during.isSignedWith(created.path("Secret").asString())).isTrue();
		assertThat(during.isSignedWith(rotated.path("Secret").asString())).isTrue();
		assertThat(afterwards.isSignedWith(created.path("Secret").asString())).isFalse();
		assertThat(afterwards.isSignedWith(rotated.path("Secret").asString())).isTrue();
		assertThat(jdbc.sql("select t::text from subscription t").query(String.class).list())
			.noneMatch(row -> row.contains("whsec_"));
	}

	@Test
	void switchesOffWhatFailsForDaysAndGoesOnWhereItStopped() {
		var id = idOf(subscribe("{}"));
		receiver.answer(_ -> 500);
		var workflow = accept("retail");
		deliverAll();
		makeDue();
		jdbc.sql("update subscription set failing_since = clock_timestamp() - interval '73 hours'").update();
		deliverAll();

		var off = get("/subscriptions/" + id);
		assertThat(off.path("State").asString()).isEqualTo("OFF");
		assertThat(off.path("Reason").asString()).contains("failed for");
		assertThat(deliveries(id).at("/Items/0/State").asString()).isEqualTo("PENDING");
		assertThat(jdbc.sql("select actor || ' ' || action from operator_action order by id desc limit 1")
			.query(String.class)
			.single()).isEqualTo("events switch-off-subscription");
		workflows.delete("retail", workflow, "test", false);
		assertThat(count("event")).as("nobody wants it").isOne();
		assertThat(mvc.post().uri("/subscriptions/%s/test".formatted(id)).exchange()).hasStatus(HttpStatus.CONFLICT);

		receiver.answer(_ -> 204);
		post("/subscriptions/%s/switch-on".formatted(id));
		deliverAll();

		assertThat(typesOf(workflow)).endsWith("workflow.accepted");
		assertThat(get("/subscriptions/" + id).path("State").asString()).isEqualTo("ON");
		assertThat(deliveries(id).at("/Items/0/State").asString()).isEqualTo("DELIVERED");
	}

	@Test
	void givesUpASingleEventThatNobodyTakesAndGoesOnWithTheNext() {
		var id = idOf(subscribe("{}"));
		var poison = accept("retail");
		workflows.delete("retail", poison, "test", false);
		receiver.answer(received -> received.type().equals("workflow.accepted") ? 500 : 204);
		deliverAll();
		jdbc.sql("update event set at = at - interval '80 hours'").update();
		makeDue();
		deliverAll();
		makeDue();
		deliverAll();

		assertThat(typesOf(poison)).containsExactly("workflow.accepted", "workflow.accepted", "workflow.cancelled");
		assertThat(deliveries(id).path("Items").valueStream().map(delivery -> delivery.path("State").asString()))
			.containsExactly("DELIVERED", "GIVEN_UP");
		assertThat(get("/subscriptions/" + id).path("State").asString()).isEqualTo("ON");
	}

	@Test
	void takesGoneForAnAnswer() {
		var id = idOf(subscribe("{}"));
		receiver.answer(_ -> 410);
		accept("retail");
		deliverAll();

		assertThat(get("/subscriptions/" + id).path("Reason").asString()).contains("410");
	}

	@Test
	void doesNotHurryToWhomItCannotReach() {
		var id = idOf(subscribe("{}"));
		receiver.answer(_ -> 500);
		accept("retail");
		deliverAll();
		accept("retail");
		deliverAll();

		assertThat(receiver.received()).as("new events do not make the next attempt sooner").hasSize(1);
		jdbc.sql("update subscription set retry_at = null, failing_since = failing_since - interval '1 hour'").update();
		jdbc.sql("update outbox set due_at = clock_timestamp() where kind = 'deliveries'").update();
		receiver.answer(_ -> 204);
		deliverAll();

		assertThat(receiver.received()).as("all that waited, as soon as one arrives").hasSize(3);
		assertThat(get("/subscriptions/" + id).path("State").asString()).isEqualTo("ON");
	}

	@Test
	void sendsCloudEvents() {
		subscribe("{ \"Format\": \"CloudEvents\" }");
		var id = accept("retail");
		deliverAll();

		assertThat(receiver.received()).singleElement().satisfies(received -> {
			assertThat(received.headers().firstValue("content-type").orElse(""))
				.startsWith("application/cloudevents+json");
			var event = received.json();
			assertThat(event.path("specversion").asString()).isEqualTo("1.0");
			assertThat(event.path("id").asString()).isEqualTo(received.id());
			assertThat(event.path("source").asString())
				.isEqualTo("arn:aws:profile:eu-central-1:123456789012:domains/retail");
			assertThat(event.path("subject").asString()).isEqualTo("workflows/" + id);
			assertThat(event.path("type").asString()).isEqualTo("workflow.accepted");
			assertThat(Instant.parse(event.path("time").asString())).isNotNull();
			assertThat(event.at("/data/WorkflowId").asString()).isEqualTo(id.toString());
		});
	}

	@Test
	void forgetsASubscriptionWithAllItsDeliveries() {
		var id = idOf(subscribe("{}"));
		receiver.answer(_ -> 500);
		accept("retail");
		deliverAll();

		assertThat(mvc.delete().uri("/subscriptions/" + id).exchange()).hasStatusOk();
		makeDue();
		deliverAll();

		assertThat(receiver.received()).hasSize(1);
		assertThat(count("delivery")).isZero();
		assertThat(mvc.get().uri("/subscriptions/" + id).exchange()).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(mvc.delete().uri("/subscriptions/" + id).exchange()).hasStatus(HttpStatus.NOT_FOUND);
		accept("retail");
		assertThat(count("event")).isOne();
	}

	@Test
	void forgetsOldEvents(@Autowired EventExpiry expiry) {
		subscribe("{}");
		accept("retail");
		accept("retail");
		deliverAll();
		jdbc.sql("update event set written_at = written_at - interval '8 days' where id = (select min(id) from event)")
			.update();

		assertThat(expiry.forget()).isOne();
		assertThat(count("event")).isOne();
		assertThat(count("delivery")).isOne();
	}

	@Test
	void refusesASecondOneOfAName() {
		subscribe("{ \"Name\": \"one\" }");

		assertThat(tryToSubscribe(Map.of("Name", "one", "Url", receiver.url("/")))).hasStatus(HttpStatus.CONFLICT)
			.bodyText()
			.contains("of that Name");
	}

	@Test
	void takesEachEventOnceHoweverOftenItIsSpread(@Autowired WrittenEvents events) {
		subscribe("{}");
		accept("retail");

		var first = transaction.execute(_ -> events.spread(10));
		var second = transaction.execute(_ -> events.spread(10));

		assertThat(first.events()).isOne();
		assertThat(first.receivers()).hasSize(1);
		assertThat(second.events()).isZero();
		assertThat(count("delivery")).isOne();
	}

	private void showFlow(WorkflowId id, FlowHealth health) {
		workflows.showFlow(id, new FlowState("flow", "Active", health, List.of(), null, null), CAUSE);
	}

	private void deliverAll() {
		new Postman(workOff, jdbc).deliverAll();
	}

	private void makeDue() {
		new Postman(workOff, jdbc).makeDue();
	}

	private WorkflowId accept(String domain) {
		return workflows.accept(SampleRequest.in(domain).request(), List.of(), "test", null).workflow().id();
	}

	private JsonNode subscribe(String members) {
		return subscribe(receiver, members);
	}

	private JsonNode subscribe(Receiver where, String members) {
		var body = new TreeMap<String, Object>(
				Map.of("Name", UUID.randomUUID().toString(), "Url", where.url("/hook?a=b")));
		JSON.readTree(members).propertyStream().forEach(member -> body.put(member.getKey(), member.getValue()));
		var answer = tryToSubscribe(body);
		assertThat(answer).hasStatus(HttpStatus.CREATED);
		return JSON.readTree(body(answer));
	}

	private MvcTestResult tryToSubscribe(Map<String, ?> body) {
		return mvc.post()
			.uri("/subscriptions")
			.contentType(MediaType.APPLICATION_JSON)
			.content(JSON.writeValueAsString(body))
			.exchange();
	}

	private static String idOf(JsonNode subscription) {
		return subscription.path("SubscriptionId").asString();
	}

	private static String idOf(Receiver.Received received) {
		return received.data().path("WorkflowId").asString();
	}

	private List<String> typesOf(WorkflowId id) {
		return receiver.received()
			.stream()
			.filter(received -> idOf(received).equals(id.toString()))
			.map(Receiver.Received::type)
			.toList();
	}

	private JsonNode deliveries(String subscription) {
		return get("/subscriptions/%s/deliveries".formatted(subscription));
	}

	private JsonNode get(String path) {
		var answer = mvc.get().uri(path).exchange();
		assertThat(answer).hasStatusOk();
		return JSON.readTree(body(answer));
	}

	private JsonNode post(String path) {
		var answer = mvc.post().uri(path).exchange();
		assertThat(answer).hasStatusOk();
		return JSON.readTree(body(answer));
	}

	private static String body(MvcTestResult answer) {
		return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private long count(String table) {
		return jdbc.sql("select count(*) from " + table).query(Long.class).single();
	}

}
