package io.profileworkflows.subscriptions;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import com.standardwebhooks.Webhook;
import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@OnTheSide
class SigningSecretTests {

	private static final String BODY = "{\"name\":\"Größe 🙂\"}";

	/** Standard Webhooks' own library signs the same. */
	@Test
	void signsAsTheReferenceDoes() {
		for (int times = 0; times < 50; times++) {
			var secret = SigningSecret.next();
			var now = Instant.now().getEpochSecond();

			assertThat(secret.sign("evt_1", now, BODY.getBytes(StandardCharsets.UTF_8)))
				.isEqualTo(reference(secret, now));
		}
	}

	private static String reference(SigningSecret secret, long now) {
		try {
			return new Webhook(secret.value()).sign("evt_1", now, BODY);
		}
		catch (Exception failure) {
			throw new IllegalStateException(failure);
		}
	}

	/** The example of Standard Webhooks' specification. */
	@Test
	void signsTheExampleOfTheSpecification() {
		var secret = new SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

		assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
				"{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
			.isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
	}

	@Test
	void isNeverTheSameAndShownNowhere() {
		assertThat(SigningSecret.next().value()).startsWith("whsec_")
			.hasSize(50)
			.isNotEqualTo(SigningSecret.next().value());
		assertThat(SigningSecret.next()).hasToString("(secret)");
	}

}
