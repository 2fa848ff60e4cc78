package io.profileworkflows.subscriptions;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.subscriptions.WrittenEvents.Kind;
import io.profileworkflows.subscriptions.WrittenEvents.NewEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As many subscriptions as there may be.
 */
@PostgresTest
@EmptyTables
class ManySubscriptionsTests {

	private static final int MOST = 10_000;

	/** Far from what any of it takes on a machine that has time. */
	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	WrittenEvents events;

	@Autowired
	DeliveryWork work;

	@Autowired
	JdbcOperations statements;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@BeforeEach
	void subscribe() {
		jdbc.sql("""
				with added as (
				  insert into subscription (id, name, url, format, types, owner, created_by)
				  select gen_random_uuid(), 'subscription ' || number, 'https://hooks.example.com/' || number,
				    'StandardWebhooks', '{workflow.finished,workflow.rejected}', 'owner ' || number / 50, 'many'
				  from generate_series(1, :most) as number
				  returning id, substring(name from '[0-9]+') as number
				)
				insert into subscription_domain
				select id, 'domain-' || number || case when number::int % 2 = 0 then '-*' else '' end,
				  case when number::int % 2 = 0 then 'domain-' || number || '-%' end
				from added
				""").param("most", MOST).update();
	}

	@Test
	void areAllThereMayBe() {
		var answer = mvc.post()
			.uri("/subscriptions")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"Name\": \"one more\", \"Url\": \"https://hooks.example.com/\"}")
			.exchange();

		assertThat(answer).hasStatus(HttpStatus.CONFLICT).bodyText().contains("There are 10000 subscriptions");
	}

	@Test
	void ofOneCallerAreFewer() {
		jdbc.sql("delete from subscription where owner <> 'owner 1'").update();
		jdbc.sql("update subscription set owner = ''").update();
		jdbc.sql(
				"""
						insert into subscription (id, name, url, format, types, owner, created_by)
						select gen_random_uuid(), 'more ' || number, 'https://hooks.example.com/', 'StandardWebhooks', '{}', '', 'many'
						from generate_series(1, 50) as number
						""")
			.update();
		var answer = mvc.post()
			.uri("/subscriptions")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"Name\": \"one more\", \"Url\": \"https://hooks.example.com/\"}")
			.exchange();

		assertThat(answer).hasStatus(HttpStatus.CONFLICT).bodyText().contains("This caller has 100 subscriptions");
	}

	@Test
	void areAskedQuicklyWhatTheyWant() {
		var kinds = IntStream.rangeClosed(1, 100)
			.mapToObj(number -> new Kind("domain-%d-x".formatted(number), "workflow.finished"))
			.collect(Collectors.toSet());

		var begin = System.nanoTime();
		var wanted = wanted(kinds);

		assertThat(since(begin)).isLessThan(PATIENCE);
		assertThat(wanted).hasSize(50).allMatch(kind -> kind.domainName().matches("domain-\\d*[02468]-x"));
		assertThat(wanted(Set.of(new Kind("domain-3", "workflow.finished")))).hasSize(1);
		assertThat(wanted(Set.of(new Kind("domain-3", "workflow.accepted")))).isEmpty();
	}

	@Test
	void getWhatAllOfThemWant() {
		jdbc.sql("insert into subscription_domain select id, 'retail', null from subscription").update();
		transaction.executeWithoutResult(
				_ -> events.add(List.of(new NewEvent(new Kind("retail", "workflow.finished"), UUID.randomUUID(), "{}")),
						Instant.EPOCH));

		var begin = System.nanoTime();
		var spread = Objects.requireNonNull(transaction.execute(_ -> {
			var found = events.spread(200);
			work.hasten(found.receivers());
			return found;
		}));

		assertThat(since(begin)).isLessThan(PATIENCE.multipliedBy(2));
		assertThat(spread.receivers()).hasSize(MOST).doesNotHaveDuplicates();
		assertThat(count("select count(*) from delivery")).isEqualTo(MOST);
		assertThat(count("select count(*) from outbox where kind = 'deliveries'")).isEqualTo(MOST);
	}

	@Test
	void areShownByThePage() {
		var seen = new HashSet<String>();
		var path = "/subscriptions";
		var token = "";
		var begin = System.nanoTime();
		do {
			var answer = mvc.get().uri(path + token).exchange();
			assertThat(answer).hasStatusOk();
			var page = JSON.readTree(answer.getResponse().getContentAsByteArray());
			page.path("Items").forEach(item -> seen.add(item.path("SubscriptionId").asString()));
			token = page.has("NextToken") ? "?next-token=" + page.path("NextToken").asString() : "";
		}
		while (!token.isEmpty() && seen.size() < 1_000);

		assertThat(seen).hasSize(1_000);
		assertThat(since(begin)).isLessThan(PATIENCE);
	}

	private Set<Kind> wanted(Set<Kind> kinds) {
		return Objects.requireNonNull(transaction.execute(_ -> {
			var trip = new RoundTrip(statements);
			var wanted = events.wanted(trip, kinds);
			trip.make();
			return Set.copyOf(wanted.get());
		}));
	}

	private long count(String sql) {
		return jdbc.sql(sql).query(Long.class).single();
	}

	private static Duration since(long begin) {
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}
