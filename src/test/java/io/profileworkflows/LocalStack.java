package io.profileworkflows;

import java.net.URI;
import java.util.List;

import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The IAM, KMS and S3 of this JVM's tests, where there is Docker: LocalStack's, started
 * with the first test that needs them. It has no Customer Profiles; see
 * {@link SimulatedAws}.
 */
public final class LocalStack implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** The one of docker-compose.yml: the last that starts without a token. */
	public static final String IMAGE = "localstack/localstack:4.4.0";

	public static final List<String> SERVICES = List.of("iam", "kms", "s3");

	public static URI endpoint() {
		return Started.CONTAINER.getEndpoint();
	}

	/** Lets the application find it as it would find AWS. */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		var container = Started.CONTAINER;
		System.setProperty("aws.region", container.getRegion());
		System.setProperty("aws.accessKeyId", container.getAccessKey());
		System.setProperty("aws.secretAccessKey", container.getSecretKey());
		System.setProperty("aws.endpointUrlIam", endpoint().toString());
		System.setProperty("aws.endpointUrlKms", endpoint().toString());
		System.setProperty("aws.endpointUrlS3", endpoint().toString());
	}

	private static final class Started {

		// ended by Testcontainers with this JVM
		@SuppressWarnings("resource")
		private static final LocalStackContainer CONTAINER = new LocalStackContainer(DockerImageName.parse(IMAGE))
			.withServices(SERVICES.toArray(String[]::new))
			.withEnv("DEFAULT_REGION", "eu-central-1");

		static {
			CONTAINER.start();
		}

	}

}
