package io.profileworkflows.security;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * A key leaves the file while its owner waits for a change. No stream here has another
 * reason to end within an hour.
 */
@SecuredTest
class KeyLifeTests {

	private final SampleRequest sample = SampleRequest.in("own-key-life");

	@LocalServerPort
	int port;

	private String workflow;

	@BeforeEach
	void create() {
		KeyFile.put();
		await()
			.untilAsserted(() -> assertThat(signed(Ask.to(port, "GET", "/workflows")).send().status()).isEqualTo(200));
		var created = signed(Ask.to(port, "POST", sample.path()).withBody(sample.json())).send();
		workflow = String.valueOf(created.header("Location"));
	}

	@AfterEach
	void takeTheKeyAway() {
		KeyFile.takeAway();
	}

	@Test
	void endsAStream() throws Exception {
		try (var stream = signed(Ask.to(port, "GET", workflow).with("Accept", "text/event-stream")).open();
				var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
			await().until(() -> "event: workflow".equals(lines.readLine()));

			KeyFile.takeAway();

			var rest = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> lines.lines().toList());
			assertThat(rest).doesNotContain("event: end");
		}
	}

	private static Ask signed(Ask ask) {
		return ask.signed(KeyFile.KEY, SecuredTest.SECRET);
	}

}
