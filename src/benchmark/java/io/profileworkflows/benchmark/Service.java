package io.profileworkflows.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.profileworkflows.image.HttpConnection;
import io.profileworkflows.image.Image;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged service as a process of its own, in front of an AWS that answers at once.
 * It begins paused, and sends its submissions only from {@link #work()} to
 * {@link #rest()}.
 */
final class Service implements AutoCloseable {

	/** So many that the budget, though asked, holds up nothing. */
	static final String WITHOUT_LIMIT = "profile-workflows.upstream.requests-per-second=1000000";

	/** So many at once that groups are as large as they get. */
	static final String MANY_SLOTS = "profile-workflows.submission.slots=" + Integer.getInteger("benchmark.slots", 200);

	/** For a replica that only answers requests. */
	static final String WITHOUT_WORK = "profile-workflows.outbox.work=false";

	/** What the chart gives it: half of 512 MiB for its heap. */
	static final List<String> POD = List.of("-XX:MaxRAM=512m", "-XX:MaxRAMPercentage=50",
			"-XX:+ExitOnOutOfMemoryError");

	private static final Path LOGS = Path.of("target", "benchmark").toAbsolutePath();

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private static final Duration LOOK = Duration.ofMillis(5);

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private static final int MOST_LOOKS_FOR_IDLENESS = 18;

	private static final String[] TABLES = { "workflow", "workflow_tag", "workflow_step", "workflow_history",
			"flow_name_reservation", "idempotency_key", "submission_attempt", "outbox", "outbox_turn",
			"tracking_sweep" };

	private final InstantAws aws = InstantAws.start();

	private final int port = freePort();

	private final int managementPort = freePort();

	private final HikariDataSource pool;

	private final Path log = LOGS.resolve("service-%d.log".formatted(NUMBERS.incrementAndGet()));

	private final Process process;

	private final Duration untilReady;

	private long createsBefore;

	private Service(Image image, JdbcConnectionDetails database, List<String> options, List<String> properties)
			throws IOException, InterruptedException {
		pool = DurablePostgres.pool(database, 4);
		Files.createDirectories(LOGS);
		var begin = System.nanoTime();
		process = image.start(log, environment(database), options, properties);
		awaitReady();
		untilReady = Duration.ofNanos(System.nanoTime() - begin);
	}

	static Service start(JdbcConnectionDetails database, String... properties)
			throws IOException, InterruptedException {
		return startWith(List.of(), database, properties);
	}

	/**
	 * @param options of the JVM, besides those of the image and of a pod
	 */
	static Service startWith(List<String> options, JdbcConnectionDetails database, String... properties)
			throws IOException, InterruptedException {
		// fails where it would otherwise do without its cache
		var all = Stream.concat(Stream.of("-XX:AOTMode=on"), options.stream()).toList();
		return start(Layout.made(), all, database, properties);
	}

	/**
	 * The jar as it was packaged, with the options of the image but without its cache.
	 */
	static Service startPlain(JdbcConnectionDetails database) throws IOException, InterruptedException {
		return start(Layout.plain(), List.of("-XX:AOTMode=off"), database);
	}

	private static Service start(Image image, List<String> options, JdbcConnectionDetails database,
			String... properties) throws IOException, InterruptedException {
		var given = System.getProperty("benchmark.options", "").split(" ");
		var all = Stream.of(POD.stream(), options.stream(), Arrays.stream(given).filter(option -> !option.isEmpty()))
			.flatMap(some -> some)
			.toList();
		var service = new Service(image, database, all,
				Stream.of(properties).map(property -> "--" + property).toList());
		service.pause();
		return service;
	}

	private Map<String, String> environment(JdbcConnectionDetails database) {
		return Map.ofEntries(Map.entry("SERVER_PORT", Integer.toString(port)), Map.entry("SERVER_ADDRESS", "127.0.0.1"),
				Map.entry("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort)),
				Map.entry("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1"),
				Map.entry("SPRING_DATASOURCE_URL", database.getJdbcUrl()),
				Map.entry("SPRING_DATASOURCE_USERNAME", database.getUsername()),
				Map.entry("SPRING_DATASOURCE_PASSWORD", database.getPassword()),
				Map.entry("AWS_REGION", "eu-central-1"), Map.entry("AWS_ACCESS_KEY_ID", "benchmark"),
				Map.entry("AWS_SECRET_ACCESS_KEY", "benchmark"),
				Map.entry("AWS_ENDPOINT_URL", aws.endpoint().toString()),
				Map.entry("PROFILEWORKFLOWS_ACCOUNTID", "123456789012"),
				Map.entry("PROFILEWORKFLOWS_SECURITY_ENABLED", "false"),
				// AWS lists nothing here, and what it does not list for so long would be
				// looked for one by one
				Map.entry("PROFILEWORKFLOWS_TRACKING_LISTLAG", "1h"));
	}

	private void awaitReady() throws InterruptedException {
		var end = System.nanoTime() + PATIENCE.toNanos();
		while (!isReady()) {
			assertThat(process.isAlive()).as("it runs, see %s", log).isTrue();
			assertThat(System.nanoTime()).as("time to be ready, see %s", log).isLessThan(end);
			Thread.sleep(LOOK);
		}
	}

	private boolean isReady() {
		try {
			return send(managementPort, "GET", "/actuator/health/readiness", "") == 200;
		}
		catch (IOException _) {
			return false;
		}
	}

	/** From the start of its process until it said so. */
	Duration untilReady() {
		return untilReady;
	}

	int port() {
		return port;
	}

	InstantAws aws() {
		return aws;
	}

	/** On the benchmark's own connections. */
	JdbcClient jdbc() {
		return JdbcClient.create(pool);
	}

	TransactionOperations transaction() {
		return new TransactionTemplate(new JdbcTransactionManager(pool));
	}

	/** Resident MiB. */
	long resident() throws IOException {
		try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
			return lines.filter(line -> line.startsWith("VmRSS:"))
				.mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
				.findFirst()
				.orElseThrow();
		}
	}

	/** What it has used of the processors. */
	Duration used() {
		return process.info().totalCpuDuration().orElseThrow();
	}

	/**
	 * Until it uses less than a twentieth of a processor: the compilers go on for a while
	 * after readiness.
	 */
	void awaitIdle() throws InterruptedException {
		var before = used();
		for (int look = 0; look < MOST_LOOKS_FOR_IDLENESS; look++) {
			Thread.sleep(Rounds.seconds(10));
			var now = used();
			if (now.minus(before).compareTo(Rounds.seconds(10).dividedBy(20)) < 0) {
				return;
			}
			before = now;
		}
	}

	/** Begins to send submissions, at once. */
	void work() {
		createsBefore = aws.creates();
		operate("/resume");
		// as an accept would
		jdbc().sql("select pg_notify('outbox', 'submission')").query(String.class).single();
	}

	/** Ends what is under way, and sends nothing more. */
	void rest() throws InterruptedException {
		pause();
		var begin = System.nanoTime();
		while (jdbc()
			.sql("select exists (select from outbox where kind = 'submission' and leased_until > clock_timestamp())")
			.query(Boolean.class)
			.single()) {
			Thread.sleep(LOOK);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("time to rest").isLessThan(PATIENCE);
		}
	}

	private void pause() {
		operate("/pause");
	}

	private void operate(String path) {
		try {
			assertThat(send(port, "POST", path, "{\"Reason\":\"It is measured\"}")).as(path).isEqualTo(200);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static int send(int port, String method, String path, String body) throws IOException {
		try (var connection = new HttpConnection(port)) {
			return connection.send("""
					%s %s HTTP/1.1\r
					Host: localhost\r
					Content-Type: application/json\r
					Content-Length: %d\r
					\r
					%s""".formatted(method, path, body.length(), body).getBytes(StandardCharsets.US_ASCII));
		}
	}

	/** As if nobody had ever asked for anything, with all of that written to the disk. */
	void empty() {
		truncate(List.of(TABLES));
		jdbc().sql("checkpoint").update();
	}

	/** Tracking may be at work, and lock the same tables in another order. */
	private void truncate(List<String> tables) {
		for (var attempt = 1;; attempt++) {
			try {
				jdbc().sql("truncate %s cascade".formatted(String.join(", ", tables))).update();
				return;
			}
			catch (ConcurrencyFailureException failure) {
				if (attempt == 10) {
					throw failure;
				}
			}
		}
	}

	/**
	 * So that no round pays for the one before it. What is empty is truncated instead of
	 * vacuumed: PostgreSQL would expect it to stay empty, and read all of it for each row
	 * until the next autovacuum.
	 */
	void settle() {
		var filled = Arrays.stream(TABLES).collect(Collectors.partitioningBy(this::isFilled));
		filled.get(true).forEach(table -> jdbc().sql("vacuum (analyze) " + table).update());
		if (!filled.get(false).isEmpty()) {
			truncate(filled.get(false));
		}
		jdbc().sql("checkpoint").update();
	}

	private boolean isFilled(String table) {
		return jdbc().sql("select exists (select from " + table + ")").query(Boolean.class).single();
	}

	/**
	 * Works on until no submission waits or is under way. Asks the database only once so
	 * many were created since it began to work: that is costly while somebody holds a
	 * snapshot.
	 */
	void finish(long submissions) throws InterruptedException {
		var begin = System.nanoTime();
		while (aws.creates() - createsBefore < submissions || waiting() > 0) {
			Thread.sleep(LOOK);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("time to work off").isLessThan(PATIENCE);
		}
	}

	/** How many submissions wait or are under way. */
	long waiting() {
		return jdbc().sql("select count(*) from outbox where kind = 'submission' and parked_at is null")
			.query(Long.class)
			.single();
	}

	private static int freePort() {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@Override
	public void close() {
		process.destroy();
		process.onExit().completeOnTimeout(process, 1, TimeUnit.MINUTES).join();
		process.destroyForcibly();
		pool.close();
		aws.close();
	}

}
