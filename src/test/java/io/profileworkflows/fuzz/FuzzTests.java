package io.profileworkflows.fuzz;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.security.Callers;
import io.profileworkflows.security.Issuer;
import io.profileworkflows.workflow.Workflows;
import io.profileworkflows.workflow.web.ApiPage;
import io.profileworkflows.workflow.web.ApiPage.Described;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends requests made from the OpenAPI document, whole and broken in every way, and holds
 * the answers against it. {@code -Dfuzz.seed} and {@code -Dfuzz.only} replay one of them.
 */
@SecuredTest
class FuzzTests {

	private static final boolean SOAK = Boolean.getBoolean("soak");

	private static final int REQUESTS = SOAK ? 50_000 : 3_000;

	/** A build says the same of the same sources; a long run may find something new. */
	private static final long SEED = Long.getLong("fuzz.seed", SOAK ? System.nanoTime() : 20_261_124L);

	private static final int ONLY = Integer.getInteger("fuzz.only", -1);

	private static final int AT_ONCE = 8;

	/** Some of them wait for seconds, as slow callers do. */
	private static final int SLOW_AT_ONCE = 40;

	/** More would be more than one caller may send. */
	private static final int OF_ONE_CALLER = 400;

	private static final String MARK = "fz";

	/** One of many that were asked for together, in JSON or in YAML. */
	private static final Pattern BULK_ITEM = Pattern
		.compile("StatusCode\"?: ?202(?:(?!StatusCode).)*?WorkflowId\"?: ?\"?([0-9a-f]{32})", Pattern.DOTALL);

	private static final Pattern WORKFLOW_ID = Pattern.compile("WorkflowId\"?: ?\"?([0-9a-f]{32})");

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	DataSource dataSource;

	@Autowired
	BeanFactory beans;

	@LocalServerPort
	int port;

	private Tables tables;

	private Wire wire;

	private ApiPage page;

	private List<Described> operations;

	private Stock stock;

	private Verdict verdict;

	private final Map<String, String> credentials = new ConcurrentHashMap<>();

	@BeforeEach
	void begin() {
		tables = new Tables(jdbc);
		tables.empty();
		wire = new Wire(port);
		page = new ApiPage(ask(RawRequest.of("GET", "/v3/api-docs")).text());
		operations = page.operations().toList();
		stock = new Stock(workflows, jdbc);
		verdict = new Verdict(page);
	}

	@AfterEach
	void end() {
		tables.empty();
	}

	@Test
	void answersEverythingAsDocumentedAndStoresNothingThatItRefused() {
		var begin = Instant.now();
		var inStock = tables.count("workflow");
		var numbers = (ONLY < 0) ? IntStream.range(0, REQUESTS) : IntStream.of(ONLY);
		var allowed = ConcurrentHashMap.<Integer>newKeySet();
		var made = ConcurrentHashMap.<String>newKeySet();
		var complaints = new ArrayList<String>();

		complaints.addAll(allAtOnce(AT_ONCE, numbers.boxed().toList(), number -> outcome(number, allowed, made)));

		System.out.printf("Fuzz: %,d requests from seed %d in %s; operations by status %s%n", REQUESTS, SEED,
				Duration.between(begin, Instant.now()), verdict.summary());
		assertThat(complaints).as("replay one with -Dfuzz.seed=%d -Dfuzz.only={its number}", SEED).isEmpty();
		assertThat(allowed).as("there are requests that succeed").hasSizeGreaterThan((ONLY < 0) ? REQUESTS / 20 : -1);
		// a mutation may have put a digit into a number
		assertThat(allowed).as("only what was not refused is stored")
			.containsAll(tables.numbersAfter(MARK).stream().filter(number -> number < REQUESTS).toList());
		assertThat(tables.count("workflow") - inStock).as("workflows that were made").isEqualTo(made.size());
	}

	@Test
	void reachesEveryDocumentedStatusOfEveryOperation() throws SQLException {
		var constructed = new EveryStatus(stock, this::ask, "Bearer "
				+ Issuer.token("robert", Map.of("roles", List.of("operator"), "domains", List.of("elsewhere-*"))));
		var complaints = new ArrayList<String>();
		var expectations = operations.stream().flatMap(operation -> expectations(operation, constructed)).toList();
		complaints
			.addAll(allAtOnce(SLOW_AT_ONCE, indexesOf(expectations), number -> complaints(expectations.get(number))));

		var succeeding = operations.stream()
			.map(operation -> new Expectation(operation, 503, constructed.succeeding(operation)))
			.toList();
		withoutDatabase(() -> complaints
			.addAll(allAtOnce(SLOW_AT_ONCE, indexesOf(succeeding), number -> complaints(succeeding.get(number)))));
		complaints.addAll(allAtOnce(SLOW_AT_ONCE, indexesOf(succeeding), number -> throttled(succeeding.get(number))));

		assertThat(complaints).isEmpty();
		assertThat(verdict.unreached()).as("documented, and reached by none of the requests").isEmpty();
	}

	private List<String> outcome(int number, Set<Integer> allowed, Set<String> made) {
		var request = request(number);
		var answer = wire.send(request);
		if (!answer.isRefusal()) {
			allowed.add(number);
		}
		if (answer.status() == 202) {
			var id = WORKFLOW_ID.matcher(answer.text());
			assertThat(id.find()).as(answer.text()).isTrue();
			made.add(id.group(1));
		}
		BULK_ITEM.matcher(answer.text()).results().map(item -> item.group(1)).forEach(made::add);
		var complaints = verdict.complaints(request, answer);
		if (answer.status() >= 500) {
			complaints.add("The service is well, and failed");
		}
		return described(complaints, "Request " + number, request, answer);
	}

	/** Always the same one, but for the ids of what is in stock. */
	private RawRequest request(int number) {
		var random = new Random(SEED * 1_000_003 + number);
		// the first of near seeds are much alike
		random.nextLong();
		var operation = Values.oneOf(operations, random);
		var request = withCredentials(new ValidRequests(page, stock).generated(operation, random, MARK + number + "x"),
				"caller-" + number / OF_ONE_CALLER);
		for (int times = random.nextInt(3); times > 0; times--) {
			var ways = (request.hasBody() && random.nextInt(3) > 0) ? Mutations.OF_DOCUMENTS : Disguises.ALL;
			request = Values.oneOf(ways, random).apply(request, random);
		}
		return request;
	}

	private Stream<Expectation> expectations(Described operation, EveryStatus constructed) {
		return constructed.of(operation)
			.entrySet()
			.stream()
			.filter(request -> operation.response(request.getKey()) != null)
			.map(request -> new Expectation(operation, request.getKey(), request.getValue()));
	}

	private List<String> complaints(Expectation expected) {
		var sent = withCredentials(expected.request(), "olga");
		return complaints(expected, sent, wire.send(sent));
	}

	/** Sent again where the caller has got something to spend in between. */
	private List<String> throttled(Expectation once) {
		var expected = new Expectation(once.operation(), 429, once.request());
		var sent = withCredentials(expected.request(), "hasty");
		var answer = RawAnswer.NONE;
		for (int times = 0; times < 50 && answer.status() != expected.status(); times++) {
			Callers.exhaust(beans, "hasty");
			answer = wire.send(sent);
		}
		return complaints(expected, sent, answer);
	}

	private List<String> complaints(Expectation expected, RawRequest sent, RawAnswer answer) {
		var complaints = new ArrayList<>(verdict.complaints(sent, answer));
		if (answer.status() != expected.status()) {
			complaints.add("The status is not " + expected.status());
		}
		return described(complaints, expected.operation().id(), sent, answer);
	}

	private static List<Integer> indexesOf(List<?> many) {
		return IntStream.range(0, many.size()).boxed().toList();
	}

	private static List<String> described(List<String> complaints, String name, RawRequest request, RawAnswer answer) {
		return complaints.isEmpty() ? List.of()
				: List.of("%s: %s%n%s%n--- was answered with%n%s%n".formatted(name, complaints, request, answer));
	}

	private static List<String> allAtOnce(int atOnce, List<Integer> numbers, IntFunction<List<String>> outcome) {
		try (var senders = Executors.newFixedThreadPool(atOnce)) {
			var tasks = numbers.stream().<Callable<List<String>>>map(number -> () -> outcome.apply(number)).toList();
			var complaints = new ArrayList<String>();
			for (var done : senders.invokeAll(tasks)) {
				complaints.addAll(done.get());
			}
			return complaints;
		}
		catch (Exception failure) {
			throw new IllegalStateException(failure);
		}
	}

	/** All connections are somebody else's. */
	private void withoutDatabase(Runnable what) throws SQLException {
		var pool = dataSource.unwrap(HikariDataSource.class);
		var patience = pool.getConnectionTimeout();
		var taken = new HashSet<Connection>();
		pool.setConnectionTimeout(250);
		try {
			while (true) {
				taken.add(pool.getConnection());
			}
		}
		catch (SQLTransientConnectionException _) {
			what.run();
		}
		finally {
			pool.setConnectionTimeout(patience);
			for (var connection : taken) {
				connection.close();
			}
		}
	}

	private RawAnswer ask(RawRequest request) {
		return wire.send(withCredentials(request, "olga"));
	}

	private RawRequest withCredentials(RawRequest request, String caller) {
		return request.fields().stream().anyMatch(field -> field.name().equals("Authorization")) ? request
				: request.with("Authorization", credentials.computeIfAbsent(caller,
						name -> "Bearer " + Issuer.token(name, Map.of("roles", List.of("operator:*")))));
	}

	private record Expectation(Described operation, int status, RawRequest request) {
	}

}
