package io.profileworkflows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.profileworkflows.integration.Sample;
import io.profileworkflows.simulator.Simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The life of workflows over HTTP, from their creates to their deletions, many at the
 * same time. The replicas are asked in turn, as behind a load balancer: each must know
 * what another one has just answered.
 */
final class RoundTrip {

	/** What a service needs to take it on quickly. */
	static final String[] SETTINGS = { "profile-workflows.upstream.requests-per-second=1000",
			"profile-workflows.submission.caution-after-start=0s", "profile-workflows.tracking.sweep-interval=200ms",
			"profile-workflows.tracking.list-lag=1s" };

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final List<Curl> replicas;

	private final Simulator aws;

	private final String domainName;

	/**
	 * @param domainName that nobody else uses
	 */
	RoundTrip(List<Curl> replicas, Simulator aws, String domainName) {
		this.replicas = replicas;
		this.aws = aws;
		this.domainName = domainName;
	}

	static RoundTrip of(Replicas replicas, int number, Simulator aws, String domainName) {
		return new RoundTrip(IntStream.range(0, number).mapToObj(replicas::port).map(Curl::new).toList(), aws,
				domainName);
	}

	/** Goes all the way with so many workflows. */
	void make(int number) {
		var ids = atOnce(number, this::create);

		await("for all to be complete").atMost(PATIENCE)
			.untilAsserted(() -> assertThat(found("status=COMPLETE")).containsExactlyInAnyOrderElementsOf(ids));
		assertThat(found("phase=FINISHED&tag=team:crm&flow-name=" + domainName)).hasSameElementsAs(ids);
		atOnce(number, index -> read(ids.get(index), index));
		assertThat(IntStream.range(0, number).mapToObj(this::flowName)).as("exactly one for each")
			.allSatisfy(flow -> assertThat(aws.calls().createsOf(flow)).isOne());

		atOnce(number, index -> delete(ids.get(index), index));

		await("for all to be deleted").atMost(PATIENCE)
			.untilAsserted(() -> assertThat(found("phase=DELETED")).hasSameElementsAs(ids));
		assertThat(aws.workflows()).noneMatch(workflow -> workflow.domainName().equals(domainName));
	}

	private String create(int index) {
		var request = Sample.of("salesforce-scheduled.json")
			.withText("/DomainName", domainName)
			.withText(Sample.FLOW + "/FlowName", flowName(index))
			.with("/Tags", "{\"team\": \"crm\"}")
			.bytes();
		var key = domainName + "-" + index;
		var path = "/domains/%s/workflows/integrations".formatted(domainName);

		var accepted = replica(index).post(path, request, "Content-Type", "application/json", "Idempotency-Key", key);
		assertThat(accepted.status()).as("%s", accepted).isEqualTo(202);
		var id = accepted.text("/WorkflowId");
		assertThat(get(index + 1, "/" + id).text("/FlowName")).as("another replica knows it")
			.isEqualTo(flowName(index));
		assertThat(replica(index + 1).post(path, request, "Content-Type", "application/json", "Idempotency-Key", key))
			.as("asked again")
			.satisfies(again -> assertThat(again.status()).as("%s", again).isEqualTo(202))
			.satisfies(again -> assertThat(again.text("/WorkflowId")).isEqualTo(id));
		return id;
	}

	private Curl.Answer read(String id, int index) {
		assertThat(get(index, "/" + id + "/history").body().at("/Items").findValuesAsString("ToPhase"))
			.startsWith("ACCEPTED", "SUBMITTING")
			.as("a busy machine may put an attempt off")
			.contains("SUBMITTED")
			.endsWith("FINISHED");
		assertThat(get(index, "/" + id + "/steps").body().at("/Items").findValuesAsString("FlowName")).isNotEmpty()
			.allMatch(step -> step.startsWith(flowName(index)));
		var tags = "/tags/" + Curl.encoded(get(index, "/" + id).text("/Arn"));
		var tagged = replica(index).post(tags, "{\"tags\": {\"tour\": \"%s\"}}".formatted(id).getBytes(),
				"Content-Type", "application/json");
		assertThat(tagged.status()).as("%s", tagged).isEqualTo(200);
		assertThat(found("tag=tour:" + id)).containsExactly(id);
		return get(index + 1, "/" + id);
	}

	private int delete(String id, int index) {
		var deleted = replica(index).delete(path() + "/" + id);
		assertThat(deleted.status()).as("%s", deleted).isEqualTo(200);
		return deleted.status();
	}

	private Curl.Answer get(int index, String path) {
		var answer = replica(index).get(path() + path);
		assertThat(answer.status()).as("%s", answer).isEqualTo(200);
		return answer;
	}

	private List<String> found(String query) {
		var answer = replica(0).get("/workflows?counts=true&max-results=100&domain=" + domainName + "&" + query);
		assertThat(answer.status()).as("%s", answer).isEqualTo(200);
		return answer.body().at("/Items").findValuesAsString("WorkflowId");
	}

	private Curl replica(int index) {
		return replicas.get(index % replicas.size());
	}

	private String path() {
		return "/domains/%s/workflows".formatted(domainName);
	}

	private String flowName(int index) {
		return domainName + "-" + index;
	}

	private static <T> List<T> atOnce(int number, Function<Integer, T> task) {
		var tasks = IntStream.range(0, number)
			.mapToObj(index -> CompletableFuture.supplyAsync(() -> task.apply(index), Thread::startVirtualThread))
			.toList();
		return tasks.stream().map(CompletableFuture::join).toList();
	}

}
