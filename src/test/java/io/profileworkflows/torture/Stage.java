package io.profileworkflows.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;

/**
 * A PostgreSQL, the simulator in the place of AWS, and replicas whose times are in the
 * same order as in production but shorter.
 */
final class Stage implements AutoCloseable {

	static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

	/** Longer by more than 10 seconds than a call. */
	static final Duration LEASE = Duration.ofSeconds(15);

	/** At AWS 5 minutes. */
	private static final Duration SIGNATURE = Duration.ofSeconds(4);

	/**
	 * Longer than a signature is valid, and than the account takes to act and to show it.
	 */
	static final Duration SETTLE = Duration.ofSeconds(9);

	private final Simulator aws;

	private final MortalPostgres postgres;

	private final List<ServiceProcess> replicas = new ArrayList<>();

	/**
	 * @param directory for what the database stores
	 */
	Stage(Path directory) {
		this(directory, Map.of());
	}

	/**
	 * @param directory for what the database stores
	 * @param settings of the database
	 */
	Stage(Path directory, Map<String, String> settings) {
		this.aws = Simulator.start(SimulatorSettings.defaults()
			.withDurations(Duration.ofMillis(500), Duration.ofSeconds(2))
			.withSignatureValidFor(SIGNATURE)
			.withCallsKept(10_000));
		this.postgres = new MortalPostgres(directory, settings);
		ServiceImage.make(variables());
	}

	/** One more replica, not started yet. */
	ServiceProcess replica(String name) {
		var replica = new ServiceProcess(name, variables());
		replicas.add(replica);
		return replica;
	}

	private Map<String, String> variables() {
		var variables = new LinkedHashMap<>(postgres.variables());
		variables.put("SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT", "2000");
		variables.put("SPRING_DATASOURCE_HIKARI_VALIDATIONTIMEOUT", "1000");
		variables.put("SPRING_MAIN_BANNERMODE", "off");
		variables.put("AWS_REGION", "eu-central-1");
		variables.put("AWS_ACCESS_KEY_ID", "torture");
		variables.put("AWS_SECRET_ACCESS_KEY", "torture");
		variables.put("AWS_ENDPOINT_URL_CUSTOMER_PROFILES", aws.endpoint().toString());
		variables.put("AWS_ENDPOINT_URL_APPFLOW", aws.endpoint().toString());
		variables.put("PROFILEWORKFLOWS_ACCOUNTID", "123456789012");
		variables.put("PROFILEWORKFLOWS_SECURITY_ENABLED", "false");
		variables.put("PROFILEWORKFLOWS_OUTBOX_LEASE", LEASE.toString());
		variables.put("PROFILEWORKFLOWS_OUTBOX_POLLINTERVAL", "200ms");
		// leases that run out count as failures of the work
		variables.put("PROFILEWORKFLOWS_OUTBOX_MAXATTEMPTS", "1000");
		variables.put("PROFILEWORKFLOWS_OUTBOX_MAXRETRYAFTER", "2s");
		variables.put("PROFILEWORKFLOWS_UPSTREAM_CALLTIMEOUT", CALL_TIMEOUT.toString());
		variables.put("PROFILEWORKFLOWS_UPSTREAM_REQUESTSPERSECOND", "100");
		variables.put("PROFILEWORKFLOWS_UPSTREAM_CIRCUITOPENFOR", "500ms");
		variables.put("PROFILEWORKFLOWS_SUBMISSION_MAXRETRYAFTER", "2s");
		variables.put("PROFILEWORKFLOWS_SUBMISSION_SETTLETIME", SETTLE.toString());
		variables.put("PROFILEWORKFLOWS_SUBMISSION_CLOCKSKEW", "2s");
		variables.put("PROFILEWORKFLOWS_SUBMISSION_SECONDLOOKAFTER", "1s");
		variables.put("PROFILEWORKFLOWS_SUBMISSION_MAXUNRESOLVED", "500");
		variables.put("PROFILEWORKFLOWS_TRACKING_SWEEPINTERVAL", "500ms");
		variables.put("PROFILEWORKFLOWS_TRACKING_IDLESWEEPINTERVAL", "2s");
		return variables;
	}

	Simulator aws() {
		return aws;
	}

	MortalPostgres postgres() {
		return postgres;
	}

	@Override
	public void close() {
		replicas.forEach(ServiceProcess::close);
		postgres.close();
		aws.close();
	}

}
