package io.profileworkflows.subscriptions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Subscribers that take all the time there is keep only each other waiting.
 */
@ServiceTest
class SlowSubscribersTests {

	/** More than there are slots. */
	private static final int SLOW = 12;

	private static final int WORKFLOWS = 10;

	private final RestClient service;

	private final String domain = "slow-" + UUID.randomUUID().toString().substring(0, 8);

	private final CountDownLatch end = new CountDownLatch(1);

	private final List<Receiver> receivers = new ArrayList<>();

	private final List<String> subscriptions = new ArrayList<>();

	SlowSubscribersTests(@LocalServerPort int port) {
		this.service = RestClient.create("http://localhost:" + port);
	}

	@AfterEach
	void end() {
		subscriptions.forEach(id -> service.delete().uri("/subscriptions/" + id).retrieve().toBodilessEntity());
		end.countDown();
		receivers.forEach(Receiver::close);
	}

	@Test
	void delayNoOtherAndNoSubmission() {
		for (int number = 0; number < SLOW; number++) {
			subscribe(_ -> hang());
		}
		// those that hang are known by now
		accept();
		await().atMost(Duration.ofMinutes(2))
			.until(() -> receivers.stream().allMatch(receiver -> !receiver.received().isEmpty()));
		var quick = subscribe(_ -> 204);

		for (int number = 0; number < WORKFLOWS; number++) {
			accept();
		}

		await().atMost(Duration.ofMinutes(2))
			.untilAsserted(() -> assertThat(
					quick.received().stream().filter(received -> received.type().equals("workflow.finished")))
				.hasSize(WORKFLOWS));
		assertThat(receivers.stream().limit(SLOW).mapToInt(receiver -> receiver.received().size()).sum())
			.as("all of these would have had their turns before")
			.isLessThan(SLOW * WORKFLOWS);
	}

	private Receiver subscribe(ToIntFunction<Receiver.Received> answers) {
		var receiver = new Receiver().answer(answers);
		receivers.add(receiver);
		var created = service.post()
			.uri("/subscriptions")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("Name", UUID.randomUUID().toString(), "Url", receiver.url("/"), "Domains", List.of(domain)))
			.retrieve()
			.body(Map.class);
		subscriptions.add(String.valueOf(created.get("SubscriptionId")));
		return receiver;
	}

	private int hang() {
		try {
			end.await();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		return 500;
	}

	private void accept() {
		var sample = SampleRequest.in(domain);
		service.post()
			.uri(sample.path())
			.contentType(MediaType.APPLICATION_JSON)
			.body(sample.json())
			.retrieve()
			.toBodilessEntity();
	}

}
