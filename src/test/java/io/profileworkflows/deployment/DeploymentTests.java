package io.profileworkflows.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@OnTheSide
class DeploymentTests {

	private static final Path SOURCES = Path.of("src/main/java/io/profileworkflows");

	/** Ways to account and Region that pass by {@link Deployment}. */
	private static final Pattern OTHER_WAYS = Pattern
		.compile("profile-workflows\\.(account-id|region)|aws\\.region|AWS_(DEFAULT_)?REGION|AwsRegionProvider");

	private static final Pattern CLIENT = Pattern.compile("AsyncClient\\.builder\\(\\)");

	/** Sees nothing of what other tests, or those who run them, say about AWS. */
	private final ApplicationContextRunner service = new ApplicationContextRunner().withInitializer(context -> {
		var sources = context.getEnvironment().getPropertySources();
		sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	})
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
		.withUserConfiguration(Application.class);

	@ParameterizedTest
	@CsvSource({ "aws.region=us-east-1 | AWS_REGION=us-west-1        , us-east-1",
			"AWS_REGION=us-west-1 | AWS_DEFAULT_REGION=us-west-2     , us-west-1",
			"AWS_DEFAULT_REGION=us-gov-west-1                        , us-gov-west-1",
			"profile-workflows.region=eu-west-1 | aws.region=us-east-1, eu-west-1" })
	void takesTheRegionFromAwsUnlessConfigured(String properties, String region) {
		service.withPropertyValues(properties.split("\\|"))
			.run(context -> assertThat(context.getBean(Deployment.class))
				.isEqualTo(new Deployment("000000000000", region)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "profile-workflows.account-id=12345", "profile-workflows.account-id=",
			"profile-workflows.region=", "profile-workflows.region=eu-central-1a",
			"profile-workflows.region=Frankfurt" })
	void doesNotStartWithSomethingElse(String property) {
		service.withPropertyValues("aws.region=eu-central-1", property).run(context -> assertThat(context).hasFailed());
	}

	@Test
	void comparesNoAccountWithAnUnknownOne() {
		assertThat(new Deployment("000000000000", "eu-central-1").isAnotherAccount("123456789012")).isFalse();
		assertThat(new Deployment("123456789012", "eu-central-1").isAnotherAccount("123456789012")).isFalse();
		assertThat(new Deployment("111111111111", "eu-central-1").isAnotherAccount("123456789012")).isTrue();
	}

	@Test
	void saysThatTheRegionIsMissing() {
		var environment = new MockEnvironment().withProperty("profile-workflows.region", "");
		assertThat(new RegionPrerequisite().missingFrom(environment))
			.satisfies(missing -> assertThat(missing.variable()).isEqualTo("AWS_REGION"));

		environment.setProperty("profile-workflows.region", "eu-central-1");
		assertThat(new RegionPrerequisite().missingFrom(environment)).isNull();
	}

	@Test
	void isTheOnlyOneToKnowAccountAndRegion() throws IOException {
		assertThat(OTHER_WAYS.matcher(Files.readString(SOURCES.resolve("deployment/RegionPrerequisite.java"))).find())
			.as("the pattern finds what it is for")
			.isTrue();
		for (var file : sources()) {
			assertThat(OTHER_WAYS.matcher(withoutComments(file)).results()).as(file.toString()).isEmpty();
		}
	}

	/** A client without one would look for a Region by itself. */
	@Test
	void givesEachClientOfAwsItsRegion() throws IOException {
		var makers = sources().stream().filter(file -> CLIENT.matcher(withoutComments(file)).find()).toList();

		assertThat(makers).hasSizeGreaterThan(3).allSatisfy(file -> assertThat(file).content().contains(".region("));
	}

	private static List<Path> sources() throws IOException {
		try (var files = Files.walk(SOURCES)) {
			return files
				.filter(file -> file.toString().endsWith(".java") && !file.startsWith(SOURCES.resolve("deployment")))
				.toList();
		}
	}

	private static String withoutComments(Path file) {
		try {
			return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
		}
		catch (IOException failure) {
			throw new AssertionError(failure);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Deployment.class)
	static class Application {

	}

}
