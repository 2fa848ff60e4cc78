package io.profileworkflows;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Several processes of the service on one database, as far as one JVM can be several:
 * each is a whole application with pools, clients and threads of its own. They begin
 * paused.
 */
final class Replicas implements AutoCloseable {

	private static final String ENDPOINT = "aws.endpointUrlCustomerProfiles";

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private Replicas() {
	}

	/** Starts so many of them against a Customer Profiles of their own. */
	static Replicas start(int number, Simulator aws, JdbcConnectionDetails database, String... properties) {
		// sets what else the SDK needs to know
		SimulatedAws.simulator();
		var shared = Objects.requireNonNull(System.getProperty(ENDPOINT));
		var replicas = new Replicas();
		System.setProperty(ENDPOINT, aws.endpoint().toString());
		try {
			IntStream.range(0, number).forEach(index -> {
				replicas.contexts.add(context(database, properties));
				if (index == 0) {
					replicas.pause();
				}
			});
			return replicas;
		}
		catch (RuntimeException failure) {
			replicas.close();
			throw failure;
		}
		finally {
			System.setProperty(ENDPOINT, shared);
		}
	}

	private static ConfigurableApplicationContext context(JdbcConnectionDetails database, String... properties) {
		var own = Stream.of("server.port=0", "management.server.port=0", "profile-workflows.security.enabled=false",
				"profile-workflows.account-id=123456789012", "spring.main.banner-mode=off",
				"spring.datasource.url=" + database.getJdbcUrl(),
				"spring.datasource.username=" + database.getUsername(),
				"spring.datasource.password=" + database.getPassword());
		return new SpringApplicationBuilder(ProfileWorkflowsApplication.class)
			.run(Stream.concat(own, Stream.of(properties)).map(property -> "--" + property).toArray(String[]::new));
	}

	void pause() {
		bean(Pauses.class).pause(Pauses.EVERYWHERE, "test", "to begin together");
	}

	void resume() {
		bean(Pauses.class).resume(Pauses.EVERYWHERE, "test", "to begin together");
	}

	WorkflowId accept(SampleRequest sample) {
		return bean(Workflows.class).accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	Workflows workflows() {
		return bean(Workflows.class);
	}

	long count(Phase phase) {
		return count(phase, "");
	}

	/** In domains whose names begin so. */
	long count(Phase phase, String domains) {
		return jdbc().sql("select count(*) from workflow where phase = :phase and starts_with(domain_name, :domains)")
			.param("phase", phase.name())
			.param("domains", domains)
			.query(Long.class)
			.single();
	}

	JdbcClient jdbc() {
		return bean(JdbcClient.class);
	}

	/** That of the first replica. */
	<T> T bean(Class<T> type) {
		return bean(0, type);
	}

	<T> T bean(int replica, Class<T> type) {
		return contexts.get(replica).getBean(type);
	}

	/** Where a replica serves its API. */
	int port(int replica) {
		return contexts.get(replica).getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	void stop(int replica) {
		contexts.get(replica).close();
	}

	@Override
	public void close() {
		contexts.reversed().forEach(ConfigurableApplicationContext::close);
	}

}
