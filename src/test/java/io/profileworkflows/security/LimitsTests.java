package io.profileworkflows.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.watching.Snapshots;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.workflow.WorkflowId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

@SecuredTest
class LimitsTests {

	private static final Map<String, Object> SUBMITTER = Map.of("roles", List.of("submitter:own-*"));

	private static final String A_SIGNATURE = "a signature";

	private static final String A_TOKEN = "a token";

	@Autowired
	RequestLimits limits;

	@Autowired
	Watchers watchers;

	@Autowired
	Snapshots snapshots;

	@LocalServerPort
	int port;

	@Test
	void doNotLetACallerTakeMoreThanHisShare() {
		var isAsking = new AtomicBoolean(true);
		var greedy = Caller.withToken("gregory", Grants.NONE);
		Thread.ofVirtual().start(() -> {
			while (isAsking.get()) {
				limits.request(greedy);
				Thread.yield();
			}
		});

		var refused = await().atMost(Duration.ofSeconds(30)).until(() -> look("gregory"), it -> it.status() == 429);
		var others = look("georgia");
		isAsking.set(false);

		assertThat(refused.errorType()).isEqualTo("ThrottlingException");
		assertThat(refused.header("Retry-After")).isEqualTo("1");
		assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
		assertThat(refused.header("x-amzn-RequestId")).isNotNull();
		assertThat(refused.message()).startsWith("gregory sends too many requests");
		assertThat(refused.body().path("status").asInt()).isEqualTo(429);
		assertThat(others.status()).isEqualTo(404);
		await().atMost(Duration.ofSeconds(30)).until(() -> look("gregory").status() == 404);
	}

	@Test
	void countTheOwnerOfAKeyAndTheSubjectOfATokenApart() {
		var few = new RequestLimits(new LimitsSettings(1, 1, 1, Duration.ofSeconds(1)));

		assertThat(few.request(Caller.withToken("susan", Grants.NONE))).isEmpty();
		assertThat(few.request(Caller.withToken("susan", Grants.NONE))).isPresent();
		assertThat(few.request(Caller.withAccessKey("susan", Grants.NONE))).isEmpty();
	}

	@Test
	void areNoneWhereNobodyHasToSayWhoHeIs() {
		var few = new RequestLimits(new LimitsSettings(1, 1, 1, Duration.ofSeconds(1)));

		assertThat(few.request(Caller.ANYBODY)).isEmpty();
		assertThat(few.request(Caller.ANYBODY)).isEmpty();
	}

	@Test
	void tellAnAddressThatFailsTooOften() throws IOException {
		var refusals = new Refusals(false, true, new RequestLimits(new LimitsSettings(1, 1, 2, Duration.ofSeconds(1))));

		assertThat(refused(refusals, "10.0.0.1").getStatus()).isEqualTo(403);
		assertThat(refused(refusals, "10.0.0.1").getStatus()).isEqualTo(403);
		assertThat(refused(refusals, "10.0.0.1")).satisfies(tooMany -> {
			assertThat(tooMany.getStatus()).isEqualTo(429);
			assertThat(tooMany.getHeader("Retry-After")).isEqualTo("30");
		});
		assertThat(refused(refusals, "10.0.0.2").getStatus()).isEqualTo(403);
	}

	@Test
	void boundHowOftenACallerWaitsAndFollowsAtOnce() {
		var sample = SampleRequest.in("own-watched");
		var created = Ask.to(port, "POST", sample.path()).withBody(sample.json()).withToken(token("wanda")).send();
		var id = WorkflowId.of(created.body().path("WorkflowId").asString());
		var seen = snapshots.of(sample.domainName(), id);

		try (var _ = watchers.watch(seen, "token of wanda"); var _ = watchers.watch(seen, "token of wanda")) {
			var stream = Ask.to(port, "GET", created.header("Location")).with("Accept", "text/event-stream");
			var refused = stream.withToken(token("wanda")).send();

			assertThat(refused.status()).isEqualTo(429);
			assertThat(refused.errorType()).isEqualTo("ThrottlingException");
			assertThat(refused.header("Retry-After")).isEqualTo("10");
			var waits = Ask.to(port, "GET", created.header("Location")).with("Prefer", "wait=1");
			assertThat(waits.withToken(token("walter")).send().status()).isEqualTo(200);
		}
	}

	@Test
	void letNobodyReadSoMuchThatOthersWait() throws Exception {
		var hashes = "#".repeat(1_000_000);
		var reader = Issuer.token("rudi", Map.of("roles", List.of("reader:own-limits")));
		try (var callers = Executors.newFixedThreadPool(16)) {
			var refused = IntStream.range(0, 16)
				.mapToObj(_ -> callers.submit(() -> Ask.to(port, "POST", "/domains/own-limits/workflows")
					.withBody(hashes)
					.with("Content-Type", "application/yaml")
					.withToken(reader)
					.send()))
				.toList();

			var looks = IntStream.range(0, 5).mapToObj(_ -> assertTimeout(Duration.ofSeconds(10), () -> look("lisa")));

			assertThat(looks).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(404));
			for (var answer : refused) {
				assertThat(answer.get().status()).isIn(413, 429);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { A_SIGNATURE, A_TOKEN })
	void doNotWaitForABodyThatComesDropByDrop(String credentials) throws IOException {
		var answer = drip(credentials, "\"a\": ");

		assertThat(answer).startsWith("HTTP/1.1 408")
			.contains("x-amzn-ErrorType: RequestTimeoutException", "application/problem+json",
					"\"Message\":\"The body did not arrive within");
	}

	@ParameterizedTest
	@ValueSource(strings = { A_SIGNATURE, A_TOKEN })
	void doNotWaitForABodyThatDoesNotCome(String credentials) throws IOException {
		assertThat(drip(credentials, "")).startsWith("HTTP/1.1 408")
			.contains("x-amzn-ErrorType: RequestTimeoutException", "\"Message\":\"The body did not arrive within");
	}

	@Test
	void keepNoBodyOfSomebodyWhoseKeyNobodyKnows() throws IOException {
		assertThat(dripWith(SlowSenders.signatureOf("AKSTRANGER"), "")).startsWith("HTTP/1.1 403")
			.contains("x-amzn-ErrorType: UnrecognizedClientException");
	}

	private String drip(String credentials, String drop) throws IOException {
		return dripWith(credentials.equals(A_TOKEN) ? "Authorization: Bearer " + token("susan") + "\r\n"
				: SlowSenders.signatureOf("AKSUBMITTER"), drop);
	}

	/**
	 * Sends a drop each time that there was no answer for a while.
	 * @return all until the server closed the connection
	 */
	private String dripWith(String credentials, String drop) throws IOException {
		try (var socket = new Socket("localhost", port)) {
			var out = socket.getOutputStream();
			out.write(
					"POST %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"
						.formatted(SampleRequest.in("own-slow").path(), credentials)
						.getBytes(ISO_8859_1));
			socket.setSoTimeout(drop.isEmpty() ? 30_000 : 300);
			var answer = new ByteArrayOutputStream();
			for (int drops = 0; drops < 100; drops++) {
				try {
					socket.getInputStream().transferTo(answer);
					break;
				}
				catch (SocketTimeoutException _) {
					out.write(drop.getBytes(ISO_8859_1));
				}
			}
			return answer.toString(ISO_8859_1);
		}
	}

	private Ask.Answer look(String subject) {
		return Ask.to(port, "GET", "/domains/own-limits/workflows/" + "0".repeat(32)).withToken(token(subject)).send();
	}

	private static String token(String subject) {
		return Issuer.token(subject, SUBMITTER);
	}

	private static MockHttpServletResponse refused(Refusals refusals, String address) throws IOException {
		var request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		var response = new MockHttpServletResponse();
		refusals.commence(request, response, Refused.unknownKey());
		return response;
	}

}
