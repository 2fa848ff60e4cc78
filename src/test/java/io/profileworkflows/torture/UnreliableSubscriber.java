package io.profileworkflows.torture;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.profileworkflows.PostgresTest;
import io.profileworkflows.subscriptions.Receiver;
import io.profileworkflows.subscriptions.Receiver.Received;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A subscriber that answers 500 to a third of its deliveries, and compares what it is
 * told with the history of the workflows.
 */
final class UnreliableSubscriber implements AutoCloseable {

	/** Each transition that subscribers are told of, and its event. */
	private static final String EXPECTED = """
			select replace(workflow_id::text, '-', '') as workflow_id, case to_phase
			    when 'ACCEPTED' then 'workflow.accepted' when 'SUBMITTED' then 'workflow.submitted'
			    when 'NEEDS_REVIEW' then 'workflow.needs-review' when 'REJECTED' then 'workflow.rejected'
			    when 'FINISHED' then case when from_phase = 'FINISHED' then 'flow.health-changed' else 'workflow.finished' end
			  end as type
			from workflow_history
			where (to_phase in ('SUBMITTED', 'NEEDS_REVIEW', 'REJECTED') and from_phase <> to_phase)
			  or (to_phase = 'ACCEPTED' and from_phase is null)
			  or (to_phase = 'FINISHED' and (from_phase <> to_phase or actor = 'flows'))
			order by id
			""";

	private static final JsonMapper JSON = new JsonMapper();

	private final AtomicInteger deliveries = new AtomicInteger();

	/** Looked for at once, since a signature is good for minutes only. */
	private final List<Received> unsigned = new CopyOnWriteArrayList<>();

	private final Receiver receiver = new Receiver().answer(this::answer);

	private volatile String secret = "";

	private int answer(Received received) {
		if (!received.isSignedWith(secret)) {
			unsigned.add(received);
		}
		return (deliveries.incrementAndGet() % 3 == 0) ? 500 : 204;
	}

	/** Lets a service send events to it. To be called before the service starts. */
	static ServiceProcess mayBeTold(ServiceProcess service) {
		return service.with("PROFILEWORKFLOWS_EVENTS_ENCRYPTIONKEYS", PostgresTest.ENCRYPTION_KEY)
			.with("PROFILEWORKFLOWS_EVENTS_ALLOWPRIVATETARGETS", "true")
			.with("PROFILEWORKFLOWS_EVENTS_FIRSTRETRYAFTER", "100ms")
			.with("PROFILEWORKFLOWS_EVENTS_MAXRETRYAFTER", "1s");
	}

	void subscribeTo(ServiceProcess service) throws IOException, InterruptedException {
		try (var http = HttpClient.newHttpClient()) {
			var answer = http.send(HttpRequest.newBuilder(service.uri("/subscriptions"))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"Name\": \"torture\", \"Url\": \"%s\"}".formatted(receiver.url("/"))))
				.build(), BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
			secret = JSON.readTree(answer.body()).path("Secret").asString();
		}
	}

	/** How often it was sent anything. */
	int deliveries() {
		return deliveries.get();
	}

	/** Whether the service has nothing more to tell it. */
	static boolean isToldOfAll(JdbcClient jdbc) {
		return jdbc.sql("""
				select not exists (select from event where spread_at is null)
				  and not exists (select from delivery where state <> 'DELIVERED')
				""").query(Boolean.class).single();
	}

	/**
	 * Makes sure that it was told of each transition in the history and of no other, with
	 * a right signature, in the order of each workflow, and the same however often.
	 * @return the types of the events of each workflow
	 */
	Map<String, List<String>> requireToldOfAll(JdbcClient jdbc) {
		assertThat(unsigned).isEmpty();
		var firstOf = new LinkedHashMap<String, Received>();
		var latestOf = new HashMap<String, String>();
		for (var one : receiver.received()) {
			var first = firstOf.putIfAbsent(one.id(), one);
			if (first == null) {
				latestOf.put(workflowOf(one), one.id());
			}
			else {
				assertThat(one.body()).as("the same however often it is sent").isEqualTo(first.body());
				assertThat(one.id()).as("nothing earlier comes after something later")
					.isEqualTo(latestOf.get(workflowOf(one)));
			}
		}
		var told = new HashMap<String, List<String>>();
		firstOf.values().forEach(one -> told.computeIfAbsent(workflowOf(one), _ -> new ArrayList<>()).add(one.type()));
		assertThat(told).isEqualTo(expected(jdbc));
		assertThat(firstOf).as("deliveries that were answered with 500 are repeated")
			.hasSizeLessThan(receiver.received().size());
		return told;
	}

	private static String workflowOf(Received received) {
		return received.data().path("WorkflowId").asString();
	}

	private static Map<String, List<String>> expected(JdbcClient jdbc) {
		var expected = new HashMap<String, List<String>>();
		jdbc.sql(EXPECTED)
			.query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.forEach(event -> expected.computeIfAbsent(event.getKey(), _ -> new ArrayList<>()).add(event.getValue()));
		return expected;
	}

	@Override
	public void close() {
		receiver.close();
	}

}
