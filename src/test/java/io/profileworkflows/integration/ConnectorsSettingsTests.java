package io.profileworkflows.integration;

import java.time.Clock;

import io.profileworkflows.deployment.Deployment;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static io.profileworkflows.integration.Sample.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

class ConnectorsSettingsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues("aws.region=eu-central-1");

	@Test
	void allowWhatAwsDocumentsAndRequireNoTimestampField() {
		runner.run(context -> {
			var settings = context.getBean(ConnectorsSettings.class);
			assertThat(settings.allowed()).containsExactly(SourceConnectorType.Salesforce,
					SourceConnectorType.Servicenow, SourceConnectorType.Marketo);
			assertThat(settings.timestampFieldRequiredFor()).isEmpty();
		});
	}

	@Test
	void allowWhatIsConfigured() {
		runner
			.withPropertyValues("profile-workflows.connectors.allowed=S3,Zendesk",
					"profile-workflows.connectors.timestamp-field-required-for=Salesforce")
			.run(context -> {
				var reader = context.getBean(DocumentReader.class);
				var zendesk = reader.readRequest(Sample.of("zendesk-on-demand.yaml").bytes(), DocumentFormat.JSON,
						"retail");
				var salesforce = reader.readRequest(Sample.complete().bytes(), DocumentFormat.JSON, "retail");
				assertThat(zendesk.isValid()).isTrue();
				assertThat(salesforce.violations()).extracting(Violation::pointer)
					.containsExactly(FLOW + "/SourceFlowConfig/ConnectorType");
			});
	}

	@Test
	void warnOfAnotherAccountAndRegionThanConfigured() {
		runner.withPropertyValues("profile-workflows.account-id=111111111111", "aws.region=us-east-1").run(context -> {
			var checked = context.getBean(DocumentReader.class)
				.readRequest(Sample.complete().bytes(), DocumentFormat.JSON, "retail");
			assertThat(checked.isValid()).isTrue();
			assertThat(checked.warnings()).extracting(Violation::pointer)
				.containsExactly(FLOW + "/KmsArn", FLOW + "/KmsArn", "/RoleArn");
		});
	}

	@Test
	void failTheStartWhenTheyAllowNothing() {
		runner.withPropertyValues("profile-workflows.connectors.allowed=")
			.run(context -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ ConnectorsSettings.class, Deployment.class })
	@Import(DocumentReader.class)
	static class Application {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}
