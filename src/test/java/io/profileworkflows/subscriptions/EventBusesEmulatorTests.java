package io.profileworkflows.subscriptions;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.profileworkflows.LocalStack;
import io.profileworkflows.customerprofiles.OwnCredentials;
import io.profileworkflows.deployment.Deployment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against EventBridge as others understand it: LocalStack's in a container.
 */
@Tag("containers")
@EnabledIfSystemProperty(named = "containers", matches = "true", disabledReason = "needs Docker: -Pcontainers")
class EventBusesEmulatorTests {

	@Test
	void takeEvents() {
		var credentials = OwnCredentials
			.of(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
		URI endpoint = LocalStack.endpoint();
		var subscription = new Subscription(UUID.randomUUID(), 1, "bus",
				"arn:aws:events:eu-central-1:000000000000:event-bus/default", EventFormat.StandardWebhooks,
				EventType.all(), List.of("retail"), "", null, "susan", Instant.EPOCH, 0, null, Duration.ZERO, false,
				null, null);
		var dues = IntStream.range(0, 12)
			.mapToObj(number -> new DueDelivery(number, UUID.randomUUID(), "workflow.finished", Instant.EPOCH, "retail",
					UUID.randomUUID(), "{\"Number\":%d}".formatted(number), 0))
			.toList();

		try (var buses = new EventBuses(credentials, endpoint, Duration.ofSeconds(20),
				new EventBody(new Deployment("000000000000", "eu-central-1")))) {
			var answers = buses.put(subscription, dues);

			assertThat(answers).hasSize(12);
			assertThat(answers.values()).allSatisfy(answer -> assertThat(answer.failure()).isNull());
		}
	}

}
