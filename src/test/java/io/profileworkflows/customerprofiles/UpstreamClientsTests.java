package io.profileworkflows.customerprofiles;

import java.nio.file.Path;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.StandardEnvironment;

import io.profileworkflows.OwnOutput;
import io.profileworkflows.OwnOutput.Output;
import io.profileworkflows.customerprofiles.CreateOutcome.Created;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OwnOutput.class)
class UpstreamClientsTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("profile-workflows.upstream.call-timeout=20s",
				"profile-workflows.upstream.requests-per-second=5", "profile-workflows.upstream.circuit-open-for=10s");

	@Test
	void findRegionCredentialsAndEndpointWhereAwsPutsThem() {
		try (var aws = Simulator.start(SimulatorSettings.defaults())) {
			application
				.withSystemProperties("aws.region=eu-west-1", "aws.accessKeyId=AKIDEXAMPLE",
						"aws.secretAccessKey=secret", "aws.endpointUrlCustomerProfiles=" + aws.endpoint())
				.run((context) -> {
					var outcome = context.getBean(CustomerProfiles.class)
						.create(Requests.named("accounts"), Deadline.in(Upstream.PATIENCE), Departure.atOnce());

					assertThat(outcome).isInstanceOf(Created.class);
					assertThat(aws.calls().of(Operation.CREATE_INTEGRATION_WORKFLOW)).hasSize(1);
				});
		}
	}

	@Test
	void missNoRegionWhereAwsKnowsIt() {
		application.withSystemProperties("aws.region=eu-west-1")
			.run((_) -> assertThat(new RegionPrerequisite().missingFrom(new StandardEnvironment())).isNull());
	}

	@Test
	void areClosedWithTheApplication() {
		application
			.withSystemProperties("aws.region=eu-west-1", "aws.accessKeyId=AKIDEXAMPLE", "aws.secretAccessKey=secret",
					"aws.endpointUrlCustomerProfiles=http://localhost:1")
			.run((context) -> {
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
			.withSystemProperties("aws.region=eu-west-1")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(BeanCreationException.class)
				.hasStackTraceContaining("callTimeout")
				.hasStackTraceContaining("requestsPerSecond"));
	}

	@Test
	@DisabledIfEnvironmentVariable(named = "AWS_REGION", matches = ".+")
	void sayInOneSentenceThatTheRegionIsMissing(Output output, @TempDir Path nothing) {
		// other tests of this JVM set it for theirs
		var region = System.clearProperty("aws.region");
		try {
			startWithoutRegion(nothing);
		}
		finally {
			if (region != null) {
				System.setProperty("aws.region", region);
			}
		}

		assertThat(output).contains("The AWS Region is not known: set AWS_REGION")
			.doesNotContain("\tat software.amazon.awssdk");
	}

	private void startWithoutRegion(Path nothing) {
		application
			.withSystemProperties("aws.disableEc2Metadata=true", "aws.configFile=" + nothing.resolve("config"),
					"aws.sharedCredentialsFile=" + nothing.resolve("credentials"))
			.run((_) -> {
				assertThat(new RegionPrerequisite().missingFrom(new StandardEnvironment()))
					.satisfies(missing -> assertThat(missing.variable()).isEqualTo("AWS_REGION"));
				var start = new SpringApplication(Application.class);
				start.setWebApplicationType(WebApplicationType.NONE);
				assertThatExceptionOfType(BeanCreationException.class).isThrownBy(start::run);
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(UpstreamSettings.class)
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
