package io.profileworkflows.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.profileworkflows.Postgres;
import io.profileworkflows.security.Issuer;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * All that a service needs around it to do real work: a PostgreSQL, a simulated AWS, an
 * identity provider.
 */
final class TrainingGround implements AutoCloseable {

	static final String ACCESS_KEY = "AKTRAINING";

	static final String REGION = "eu-central-1";

	private static final String ACCOUNT = "123456789012";

	private final EmbeddedPostgres postgres;

	private final Simulator aws;

	/** Must not be found in the cache. */
	private final String secret = UUID.randomUUID().toString();

	private final int port = freePort();

	private final int managementPort = freePort();

	private TrainingGround(EmbeddedPostgres postgres, Simulator aws) {
		this.postgres = postgres;
		this.aws = aws;
	}

	static TrainingGround prepare() throws IOException {
		var postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
		return new TrainingGround(postgres, Simulator
			.start(SimulatorSettings.defaults().withDurations(Duration.ofMillis(500), Duration.ofMillis(500))));
	}

	int port() {
		return port;
	}

	int managementPort() {
		return managementPort;
	}

	String secret() {
		return secret;
	}

	Simulator aws() {
		return aws;
	}

	/** Each caller has to say who it is, in the one way or the other. */
	Map<String, String> environment() {
		var database = Postgres.Database.of(postgres);
		var environment = new TreeMap<String, String>();
		environment.put("SERVER_PORT", Integer.toString(port));
		environment.put("SERVER_ADDRESS", "127.0.0.1");
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
		environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
		environment.put("SPRING_DATASOURCE_URL", database.getJdbcUrl());
		environment.put("SPRING_DATASOURCE_USERNAME", database.getUsername());
		environment.put("SPRING_DATASOURCE_PASSWORD", secret);
		environment.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWKSETURI", Issuer.keys().toString());
		environment.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES", Issuer.AUDIENCE);
		environment.put("AWS_REGION", REGION);
		environment.put("AWS_ACCESS_KEY_ID", "AKTRAININGATAWS");
		environment.put("AWS_SECRET_ACCESS_KEY", secret);
		environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
		environment.put("PROFILEWORKFLOWS_ACCOUNTID", ACCOUNT);
		environment.put("PROFILEWORKFLOWS_SECURITY_ACCESSKEYS_0_ACCESSKEYID", ACCESS_KEY);
		environment.put("PROFILEWORKFLOWS_SECURITY_ACCESSKEYS_0_SECRETACCESSKEY", secret);
		environment.put("PROFILEWORKFLOWS_SECURITY_ACCESSKEYS_0_CLIENT", "training");
		environment.put("PROFILEWORKFLOWS_SECURITY_ACCESSKEYS_0_ROLES", "operator");
		environment.put("PROFILEWORKFLOWS_SECURITY_ACCESSKEYS_0_DOMAINS", "*");
		// as much as goes
		environment.put("PROFILEWORKFLOWS_UPSTREAM_REQUESTSPERSECOND", "1000");
		environment.put("PROFILEWORKFLOWS_LIMITS_REQUESTSPERSECOND", "100000");
		environment.put("PROFILEWORKFLOWS_LIMITS_BURST", "100000");
		environment.put("PROFILEWORKFLOWS_TRACKING_SWEEPINTERVAL", "1s");
		return environment;
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
	public void close() throws IOException {
		aws.close();
		postgres.close();
	}

}
