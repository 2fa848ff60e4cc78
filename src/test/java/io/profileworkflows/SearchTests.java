package io.profileworkflows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.profileworkflows.integration.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What people see of the service with no more than a browser: its search, and a
 * workflow's history.
 */
@ServiceTest
class SearchTests {

	private final Curl curl;

	SearchTests(@LocalServerPort int port) {
		this.curl = new Curl(port);
	}

	@Test
	void findsAcrossDomainsWhatHasAllTags() {
		var both = create("search-tags-a",
				salesforce("search-tags-1", "{\"group\": \"search-tags\", \"team\": \"a\"}"));
		var same = create("search-tags-b",
				salesforce("search-tags-2", "{\"group\": \"search-tags\", \"team\": \"a\"}"));
		create("search-tags-b", salesforce("search-tags-3", "{\"group\": \"search-tags\", \"team\": \"b\"}"));

		assertThat(found("tag=group:search-tags&tag=team:a")).containsExactly(same, both);
		assertThat(found("tag=group:search-tags")).hasSize(3);
		assertThat(found("tag=team:a&tag=team:b")).as("no key has two values").isEmpty();
		assertThat(found("tag=group:search-tags&domain=search-tags-a")).containsExactly(both);
		assertThat(found("tag=group:search-tags&domain=search-tags-a&domain=search-tags-b")).hasSize(3);
	}

	@Test
	void findsTagsWithColonsInKeyAndValue() {
		var id = create("search-colons", salesforce("search-colons", "{\"a:b\": \"c:d\"}"));

		assertThat(found("tag=a:b:c:d")).containsExactly(id);
		assertThat(found("tag=a:b:c")).isEmpty();
	}

	@Test
	void findsByFlowNameAsItBegins() {
		var id = create("search-flows", salesforce("search_flow.1", "{\"k\": \"v\"}"));
		create("search-flows", salesforce("search-flow.1", "{\"k\": \"v\"}"));

		assertThat(found("flow-name=search_flow")).containsExactly(id);
		assertThat(found("flow-name=search%25")).isEmpty();
		assertThat(found("flow-name=SEARCH_FLOW")).isEmpty();
	}

	@Test
	void findsByStatusAndPhaseOnceTheyAreReached() {
		var id = create("search-status", salesforce("search-status", "{\"k\": \"v\"}"));

		awaitPhase("search-status", id, "FINISHED");

		assertThat(found("domain=search-status&status=COMPLETE")).containsExactly(id);
		assertThat(found("domain=search-status&status=COMPLETE&status=FAILED")).containsExactly(id);
		assertThat(found("domain=search-status&status=FAILED")).isEmpty();
		assertThat(found("domain=search-status&phase=FINISHED&phase=ACCEPTED")).containsExactly(id);
		assertThat(found("domain=search-status&phase=ACCEPTED")).isEmpty();
	}

	@Test
	void findsByConnectors() {
		var salesforce = create("search-connectors", salesforce("search-connectors-1", "{\"k\": \"v\"}"));
		var marketo = create("search-connectors", named("marketo-scheduled.yaml", "search-connectors-2"));
		var servicenow = create("search-connectors", named("servicenow-on-demand.json", "search-connectors-3"));

		assertThat(found("domain=search-connectors&connector=Marketo")).containsExactly(marketo);
		assertThat(found("domain=search-connectors&connector=Salesforce&connector=Servicenow"))
			.containsExactly(servicenow, salesforce);
	}

	@Test
	void findsByRequester() {
		var id = create("search-requester", salesforce("search-requester", "{\"k\": \"v\"}"));

		assertThat(found("domain=search-requester&requester=anonymous")).containsExactly(id);
		assertThat(found("domain=search-requester&requester=somebody")).isEmpty();
	}

	@Test
	void findsByTimesInclusivelyInBothForms() {
		var id = create("search-times", salesforce("search-times", "{\"k\": \"v\"}"));
		awaitPhase("search-times", id, "FINISHED");
		var workflow = curl.get("/domains/search-times/workflows/" + id).body();
		var created = Instant.ofEpochMilli(workflow.at("/CreatedAt").decimalValue().movePointRight(3).longValueExact());
		var updated = Instant
			.ofEpochMilli(workflow.at("/LastUpdatedAt").decimalValue().movePointRight(3).longValueExact());

		assertThat(found("domain=search-times&created-from=" + created + "&created-to=" + created)).containsExactly(id);
		assertThat(found("domain=search-times&updated-from=" + updated + "&updated-to=" + updated)).containsExactly(id);
		assertThat(found("domain=search-times&created-from=" + created.plusMillis(1))).isEmpty();
		assertThat(found("domain=search-times&created-to=" + created.minusMillis(1))).isEmpty();
		assertThat(found("domain=search-times&updated-from=" + updated.plusMillis(1))).isEmpty();
		assertThat(found("domain=search-times&updated-to=" + updated.minusMillis(1))).isEmpty();
		assertThat(found("domain=search-times&created-from=" + created.getEpochSecond())).containsExactly(id);
		assertThat(found("domain=search-times&created-to=" + created.getEpochSecond() + "&created-from=0")).isEmpty();
	}

	@Test
	void understandsAnOffsetWhosePlusIsNotEncoded() {
		var id = create("search-offset", salesforce("search-offset", "{\"k\": \"v\"}"));

		assertThat(found("domain=search-offset&created-from=2026-01-01T00:00:00+01:00")).containsExactly(id);
		assertThat(found("domain=search-offset&created-to=2026-01-01T00:00:00%2B01:00")).isEmpty();
	}

	@Test
	void sortsByTheLatestChangeWhenAsked() {
		var first = create("search-sort", salesforce("search-sort-1", "{\"k\": \"v\"}"));
		var second = create("search-sort", salesforce("search-sort-2", "{\"k\": \"v\"}"));
		awaitPhase("search-sort", first, "FINISHED");
		awaitPhase("search-sort", second, "FINISHED");
		var arn = curl.get("/domains/search-sort/workflows/" + first).text("/Arn");
		curl.post("/tags/" + Curl.encoded(arn), "{\"tags\": {\"touched\": \"yes\"}}".getBytes(), "Content-Type",
				"application/json");

		assertThat(found("domain=search-sort&sort=created")).containsExactly(second, first);
		assertThat(found("domain=search-sort")).containsExactly(second, first);
		assertThat(found("domain=search-sort&sort=updated")).containsExactly(first, second);
	}

	@Test
	void sortsTheOldestFirstWhenAsked() {
		var first = create("search-order", salesforce("search-order-1", "{\"k\": \"v\"}"));
		var second = create("search-order", salesforce("search-order-2", "{\"k\": \"v\"}"));

		assertThat(found("domain=search-order&order=asc")).containsExactly(first, second);
		assertThat(found("domain=search-order&order=desc")).containsExactly(second, first);
		assertThat(found("tag=k:v&domain=search-order&order=asc")).containsExactly(first, second);
	}

	@Test
	void countsWhatItFindsByStatusWhenAsked() {
		var id = create("search-counts", salesforce("search-counts-1", "{\"k\": \"v\"}"));
		create("search-counts", salesforce("search-counts-2", "{\"k\": \"v\"}"));
		awaitPhase("search-counts", id, "FINISHED");

		var answer = curl.get("/workflows?domain=search-counts&status=COMPLETE&max-results=1&counts=true").body();
		assertThat(answer.at("/Counts/COMPLETE").asInt()).isPositive();
		assertThat(answer.at("/Counts").size()).isOne();
		assertThat(answer.at("/CountsComplete").asBoolean()).isTrue();
		assertThat(curl.get("/workflows?domain=search-counts").body().has("Counts")).isFalse();
		assertThat(curl.get("/domains/search-counts/workflows?counts=true").text("/Message")).startsWith("counts ");
	}

	@Test
	void pagesStablyWhileNewWorkflowsArrive() {
		var expected = new ArrayList<String>();
		for (int number = 0; number < 5; number++) {
			expected.addFirst(create("search-pages", salesforce("search-pages-" + number, "{\"k\": \"v\"}")));
		}

		var seen = new ArrayList<String>();
		var next = "";
		for (int page = 0; page == 0 || !next.isEmpty(); page++) {
			var answer = curl.get("/workflows?domain=search-pages&max-results=2" + next);
			assertThat(answer.status()).isEqualTo(200);
			seen.addAll(ids(answer));
			next = answer.text("/NextToken").isEmpty() ? "" : "&next-token=" + answer.text("/NextToken");
			create("search-pages", salesforce("search-pages-late-" + page, "{\"k\": \"v\"}"));
		}

		assertThat(seen).isEqualTo(expected);
	}

	@Test
	void refusesATokenOfAnotherSearch() {
		create("search-tokens", salesforce("search-tokens-1", "{\"k\": \"v\"}"));
		create("search-tokens", salesforce("search-tokens-2", "{\"k\": \"v\"}"));
		var token = curl.get("/workflows?domain=search-tokens&max-results=1").text("/NextToken");

		assertThat(curl.get("/workflows?domain=search-tokens&max-results=100&next-token=" + token).status())
			.as("another size of page is the same search")
			.isEqualTo(200);
		assertThat(curl.get("/workflows?domain=search-tokens&status=FAILED&next-token=" + token))
			.satisfies(answer -> assertThat(answer.status()).isEqualTo(400))
			.satisfies(answer -> assertThat(answer.text("/Message")).startsWith("next-token "));
	}

	@ParameterizedTest
	@ValueSource(ints = { 386, 4_000 })
	void refusesWhatIsTooLongToBeATag(int colons) {
		var answer = curl.get("/workflows?tag=" + ":".repeat(colons));

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text("/Message")).startsWith("tag must be a key of at most 128 characters");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Status=COMPLETE                  | Status
			status=complete                  | status
			status=                          | status
			phase=DONE                       | phase
			connector=salesforce             | connector
			tag=team                         | tag
			tag=:crm                         | tag
			flow-name=%00                    | flow-name
			flow-name=a&flow-name=b          | flow-name
			requester=%20                    | requester
			created-from=yesterday           | created-from
			created-from=99999999999999      | created-from
			created-to=-1                    | created-to
			updated-from=2026-01-01          | updated-from
			updated-to=2026-01-01T00:00:00   | updated-to
			sort=size                        | sort
			order=up                         | order
			counts=yes                       | counts
			max-results=0                    | max-results
			max-results=101                  | max-results
			max-results=ten                  | max-results
			next-token=                      | next-token
			next-token=bm90LW91cnM           | next-token
			""")
	void namesTheParameterThatIsWrong(String query, String name) {
		var answer = curl.get("/workflows?" + query);

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("BadRequestException");
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.text("/Message")).startsWith(name + " ").isEqualTo(answer.text("/detail"));
	}

	@Test
	void browsesADomainByTheSameParametersButTheDomain() {
		var id = create("search-browse", salesforce("search-browse", "{\"k\": \"v\"}"));

		assertThat(ids(curl.get("/domains/search-browse/workflows?flow-name=search-browse"))).containsExactly(id);
		assertThat(curl.get("/domains/search-browse/workflows?domain=other").text("/Message")).startsWith("domain ");
	}

	@Test
	void tellsAWorkflowsHistoryPageByPage() {
		var id = create("search-history", salesforce("search-history", "{\"k\": \"v\"}"));
		awaitPhase("search-history", id, "FINISHED");
		var path = "/domains/search-history/workflows/" + id + "/history";

		var whole = curl.get(path).body().at("/Items");
		var pages = new ArrayList<Object>();
		var next = "";
		do {
			var page = curl.get(path + "?max-results=1" + next);
			pages.addAll(page.body().at("/Items").values());
			next = page.text("/NextToken").isEmpty() ? "" : "&next-token=" + page.text("/NextToken");
		}
		while (!next.isEmpty());

		assertThat(whole.findValuesAsString("ToPhase")).startsWith("ACCEPTED", "SUBMITTING", "SUBMITTED")
			.endsWith("FINISHED");
		assertThat(whole.at("/0/Actor").asString()).isEqualTo("anonymous");
		assertThat(whole.at("/1/Attempt").asInt()).isOne();
		assertThat(whole.at("/2/RequestId").asString()).as("AWS's, of the call that made it").isNotBlank();
		assertThat(whole.values()).allSatisfy(item -> assertThat(item.at("/Reason").asString()).isNotBlank());
		assertThat(pages).containsExactlyElementsOf(whole.values());
	}

	@ParameterizedTest
	@CsvSource({ "steps, -1", "steps, x", "steps, 99999999999999999999", "history, -1", "history, x" })
	void refusesATokenThatIsNoPlaceInAList(String list, String token) {
		// of its own, since what the last case asked for may have ended
		var domain = "search-%s-%08x".formatted(list, token.hashCode());
		var id = create(domain, salesforce(domain, "{\"k\": \"v\"}"));

		var answer = curl.get("/domains/" + domain + "/workflows/" + id + "/" + list + "?next-token=" + token);

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text("/Message")).startsWith("next-token ");
	}

	@Test
	void refusesWhatItCannotAnswerBeforeItActs() {
		var path = "/domains/search-accept/workflows/"
				+ create("search-accept", salesforce("search-accept", "{\"k\": \"v\"}"));

		var answer = curl.send(curl.to(path).DELETE().header("Accept", "text/html"));

		assertThat(answer.status()).isEqualTo(406);
		assertThat(answer.text("/Message")).startsWith("Accept must allow application/json");
		assertThat(curl.get(path).text("/Phase")).isNotIn("CANCELLED", "DELETING", "DELETED");
		assertThat(curl.get(path).body().has("DeletionRequested")).isFalse();
	}

	@Test
	void tellsHowAnArnMustBeEncoded() {
		var answer = curl
			.get("/tags/arn:aws:profile:eu-central-1:123456789012:domains/retail/workflows/" + "0".repeat(32));

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text("/Message")).startsWith("resourceArn ").contains("%2F");
	}

	private String create(String domainName, Sample request) {
		return curl.create(domainName, request);
	}

	private List<String> found(String query) {
		var answer = curl.get("/workflows?" + query);
		assertThat(answer.status()).as(query).isEqualTo(200);
		return ids(answer);
	}

	private void awaitPhase(String domainName, String id, String phase) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(curl.get("/domains/" + domainName + "/workflows/" + id).text("/Phase"))
				.isEqualTo(phase));
	}

	private static List<String> ids(Curl.Answer answer) {
		return answer.body().at("/Items").values().stream().map(item -> item.at("/WorkflowId").asString()).toList();
	}

	private static Sample salesforce(String flowName, String tags) {
		return named("salesforce-scheduled.json", flowName).with("/Tags", tags);
	}

	private static Sample named(String sample, String flowName) {
		return Sample.of(sample).withText(Sample.FLOW + "/FlowName", flowName);
	}

}
