package io.profileworkflows.preflight;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.appflow.AppFlows;
import io.profileworkflows.customerprofiles.ProfileResources;
import io.profileworkflows.deployment.Deployment;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Preflights that differ from the application's in how they are set up.
 */
public final class Preflights {

	static final Deployment HERE = new Deployment("123456789012", "eu-central-1");

	static final Duration LONG = Duration.ofSeconds(20);

	private Preflights() {
	}

	static Preflight idle(ProfileResources domains) {
		return of(domains, clients(SimulatedAws.simulator().endpoint(), LONG), settings(OnCreate.OFF, LONG));
	}

	public static Preflight warning(ProfileResources domains) {
		return of(domains, clients(SimulatedAws.simulator().endpoint(), LONG), settings(OnCreate.WARN, LONG));
	}

	public static Preflight refusing(ProfileResources domains) {
		return of(domains, clients(SimulatedAws.simulator().endpoint(), LONG), settings(OnCreate.REFUSE, LONG));
	}

	static Preflight of(ProfileResources domains, AwsClients clients, PreflightSettings settings) {
		var looks = new KnownAnswers(
				new Questions(domains, clients, AppFlows.at(SimulatedAws.simulator().endpoint()), settings), settings);
		return new Preflight(new Inspector(looks, HERE, settings), settings, new SimpleMeterRegistry());
	}

	static AwsClients clients(URI endpoint, Duration timeLimit) {
		return new AwsClients(HERE,
				StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")),
				settings(OnCreate.OFF, timeLimit), endpoint);
	}

	static PreflightSettings settings(OnCreate onCreate, Duration timeLimit) {
		return settings(onCreate, EnumSet.allOf(Check.class), timeLimit);
	}

	static PreflightSettings settings(OnCreate onCreate, Set<Check> checks, Duration timeLimit) {
		return new PreflightSettings(onCreate, checks, timeLimit, Duration.ofMinutes(1), 50);
	}

}
