package io.profileworkflows;

import java.net.URI;
import java.util.List;

import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The IAM, KMS, S3 and EventBridge of this JVM's tests, where there is Docker:
 * LocalStack's, started with the first test that needs them. It has no Customer Profiles;
 * see {@link SimulatedAws}.
 */
public final class LocalStack {

	/** The one of docker-compose.yml: the last that starts without a token. */
	public static final String IMAGE = "localstack/localstack:4.4.0";

	public static final List<String> SERVICES = List.of("iam", "kms", "s3", "events");

	private LocalStack() {
	}

	public static URI endpoint() {
		return Started.CONTAINER.getEndpoint();
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
