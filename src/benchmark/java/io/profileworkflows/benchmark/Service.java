package io.profileworkflows.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.ProfileWorkflowsApplication;
import io.profileworkflows.customerprofiles.InstantCustomerProfiles;
import io.profileworkflows.workflow.Commits;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service in this process, with an AWS that answers at once. It works off its
 * outbox only from {@link #work()} to {@link #rest()}.
 */
final class Service implements AutoCloseable {

	/** So many that the budget, though asked, holds up nothing. */
	static final String WITHOUT_LIMIT = "profile-workflows.upstream.requests-per-second=1000000";

	/** So many at once that groups are as large as they get. */
	static final String MANY_SLOTS = "profile-workflows.submission.slots=" + Integer.getInteger("benchmark.slots", 200);

	private static final Duration LOOK = Duration.ofMillis(5);

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private static final String[] TABLES = { "workflow", "workflow_tag", "workflow_step", "workflow_history",
			"flow_name_reservation", "idempotency_key", "submission_attempt", "outbox", "outbox_turn",
			"tracking_sweep" };

	private final ConfigurableApplicationContext context;

	private long createsBefore;

	private Service(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Service start(JdbcConnectionDetails database, String... properties) {
		pointAwsNowhere();
		var own = Stream.of("server.port=0", "management.server.port=0", "profile-workflows.security.enabled=false",
				"profile-workflows.account-id=123456789012", "spring.main.banner-mode=off",
				"profile-workflows.outbox.work=false",
				// AWS lists nothing here, and what it does not list for so long would
				// be looked for one by one
				"profile-workflows.tracking.list-lag=1h",
				// lines of the log go where they cost what they cost in a container
				"logging.console.enabled=false", "logging.file.name=target/benchmark/service.log",
				"spring.datasource.url=" + database.getJdbcUrl(),
				"spring.datasource.username=" + database.getUsername(),
				"spring.datasource.password=" + database.getPassword());
		return new Service(new SpringApplicationBuilder(ProfileWorkflowsApplication.class,
				InstantCustomerProfiles.InPlace.class, Commits.class)
			.run(Stream.concat(own, Stream.of(properties)).map(property -> "--" + property).toArray(String[]::new)));
	}

	private static void pointAwsNowhere() {
		System.setProperty("aws.region", "eu-central-1");
		System.setProperty("aws.accessKeyId", "benchmark");
		System.setProperty("aws.secretAccessKey", "benchmark");
		System.setProperty("aws.endpointUrl", "http://127.0.0.1:9");
	}

	int port() {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	JdbcClient jdbc() {
		return bean(JdbcClient.class);
	}

	<T> T bean(Class<T> type) {
		return context.getBean(type);
	}

	/** Begins to work off the outbox. */
	void work() {
		createsBefore = bean(InstantCustomerProfiles.class).creates();
		worker().start();
	}

	/** Ends what is under way, and begins nothing more. */
	void rest() {
		worker().stop();
	}

	private SmartLifecycle worker() {
		return context.getBean("outboxWorker", SmartLifecycle.class);
	}

	/** As if nobody had ever asked for anything, with all of that written to the disk. */
	void empty() {
		jdbc().sql("truncate " + String.join(", ", TABLES)).update();
		jdbc().sql("checkpoint").update();
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
			jdbc().sql("truncate " + String.join(", ", filled.get(false))).update();
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
		while (bean(InstantCustomerProfiles.class).creates() - createsBefore < submissions || waiting() > 0) {
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

	@Override
	public void close() {
		context.close();
	}

}
