package io.profileworkflows.customerprofiles;

import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.profileworkflows.customerprofiles.CreateOutcome.Created;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UpstreamClientsTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("profile-workflows.upstream.call-timeout=20s",
				"profile-workflows.upstream.requests-per-second=5", "profile-workflows.upstream.circuit-open-for=10s",
				"profile-workflows.account-id=123456789012", "profile-workflows.region=eu-west-1");

	@Test
	void findCredentialsAndEndpointWhereAwsPutsThem() {
		try (var aws = Simulator.start(SimulatorSettings.defaults())) {
			application
				.withSystemProperties("aws.accessKeyId=AKIDEXAMPLE", "aws.secretAccessKey=secret",
						"aws.endpointUrlCustomerProfiles=" + aws.endpoint())
				.run(context -> {
					var outcome = context.getBean(CustomerProfiles.class)
						.create(Requests.named("accounts"), Deadline.in(Upstream.PATIENCE), Departure.atOnce());

					assertThat(outcome).isInstanceOf(Created.class);
					assertThat(aws.calls().of(Operation.CREATE_INTEGRATION_WORKFLOW)).hasSize(1);
				});
		}
	}

	@Test
	void callTheRegionOfTheDeployment() {
		application.withSystemProperties("aws.region=us-east-1").run(context -> {
			var clients = context.getBean(Clients.class);
			assertThat(Stream.of(clients.creating(), clients.reading(), clients.deleting(), clients.looking()))
				.extracting(client -> client.serviceClientConfiguration().region())
				.containsOnly(Region.EU_WEST_1);
		});
	}

	@Test
	void areClosedWithTheApplication() {
		application
			.withSystemProperties("aws.accessKeyId=AKIDEXAMPLE", "aws.secretAccessKey=secret",
					"aws.endpointUrlCustomerProfiles=http://localhost:1")
			.run(context -> {
				var customerProfiles = context.getBean(CustomerProfiles.class);
				context.close();

				assertThat(customerProfiles.create(Requests.named("accounts"), Deadline.in(Upstream.PATIENCE),
						Departure.atOnce()))
					.isInstanceOf(CreateOutcome.Unknown.class);
				assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> customerProfiles.find(Priority.SWEEP,
						Requests.DOMAIN, "0123456789abcdef0123456789abcdef"));
			});
	}

	@Test
	void doNotStartWithoutSettings() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("profile-workflows.account-id=123456789012", "profile-workflows.region=eu-west-1")
			.run(context -> assertThat(context).getFailure()
				.isInstanceOf(BeanCreationException.class)
				.hasStackTraceContaining("callTimeout")
				.hasStackTraceContaining("requestsPerSecond"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ Deployment.class, UpstreamSettings.class })
	@Import({ UpstreamClients.class, UpstreamCalls.class, CustomerProfiles.class })
	static class Application {

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

		@Bean
		CallWatch watch(SimpleMeterRegistry meters) {
			return new CallWatch(meters, Tracer.NOOP);
		}

		@Bean
		Quota quota() {
			return Upstream.UNLIMITED;
		}

		// nothing is repeated here, so it needs no database
		@Bean
		Repetitions repetitions(UpstreamSettings settings) {
			return new Repetitions(new Budget(JdbcClient.create(new SimpleDriverDataSource()), settings,
					new AppFlowBudgetSettings(1), new SimpleMeterRegistry()));
		}

	}

}
