package io.profileworkflows.security;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.profileworkflows.CapturedLog;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * Somebody sends bodies slowly. Bodies have 5 seconds here.
 */
@SecuredTest
class SlowSendersTests {

	/** More than the server has threads. */
	private static final int MANY = 250;

	private static final Duration SOON = Duration.ofMillis(4500);

	private final SampleRequest sample = SampleRequest.in("own-slow");

	@Autowired
	Bodies bodies;

	@Autowired
	MeterRegistry meters;

	@Autowired
	ServletWebServerApplicationContext context;

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@ParameterizedTest
	@ValueSource(strings = { "AKREADER", "AKSUBMITTER" })
	void leaveRoomForALargeRequestFromTheSameAddress(String claimed) {
		try (var _ = SlowSenders.start(48, port, large(SlowSenders.signatureOf(claimed)), " ")) {
			await().atMost(Duration.ofSeconds(30)).until(() -> bodies.underWay() >= 48);
			var begin = System.nanoTime();

			var created = largeCreate().signed("AKSUBMITTER", SecuredTest.SECRET).send();

			assertThat(created.status()).as(created.text()).isEqualTo(202);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
		}
	}

	@ParameterizedTest
	@EnumSource
	void doNotStopTheService(Kind kind) {
		try (var _ = SlowSenders.start(MANY, port, kind.head(sample), kind.drop)) {
			assertThat(IntStream.range(0, 20).mapToObj(_ -> timeOf(port, "/livez"))).allSatisfy(this::isSoon);
			var begin = System.nanoTime();
			var create = Ask.to(port, "POST", sample.path()).withBody(sample.json());
			assertThat(create.signed("AKSUBMITTER", SecuredTest.SECRET).send().status()).isEqualTo(202);
			isSoon(Duration.ofNanos(System.nanoTime() - begin));
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> bodies.underWay() == 0);
	}

	@Test
	void areAnsweredThemselves() {
		try (var senders = SlowSenders.start(48, port, large(SlowSenders.signatureOf("AKREADER")), " ")) {
			await().atMost(Duration.ofSeconds(30)).until(() -> senders.unanswered() == 0);

			assertThat(senders.answers()).allMatch(answer -> answer.startsWith("HTTP/1.1 408 "), "408")
				.allMatch(answer -> answer.contains("\r\nConnection: close\r\n"), "closed")
				.allMatch(answer -> answer.contains("\r\nx-amzn-ErrorType: RequestTimeoutException\r\n"), "named");
		}
		assertThat(bodies.underWay()).isZero();
	}

	/** As on a busy machine, where the server may find first that the time is over. */
	@Test
	void areAnsweredAlikeWhenTheServerEndsThem() {
		var protocol = (AbstractProtocol<?>) ((TomcatWebServer) context.getWebServer()).getTomcat()
			.getConnector()
			.getProtocolHandler();
		var usual = protocol.getConnectionTimeout();
		var before = failures();
		protocol.setConnectionTimeout(100);
		try (var log = CapturedLog.begin();
				var senders = SlowSenders.start(8, port, large(SlowSenders.signatureOf("AKSUBMITTER")), "")) {
			await().atMost(Duration.ofSeconds(30)).until(() -> senders.unanswered() == 0);

			assertThat(senders.answers()).allMatch(answer -> answer.startsWith("HTTP/1.1 408 "), "408")
				.allMatch(answer -> answer.contains("\r\nx-amzn-ErrorType: RequestTimeoutException\r\n"), "named")
				.allMatch(answer -> answer.contains("The body did not arrive within"), "explained");
			assertThat(log.of("audit")).hasSize(8)
				.allSatisfy(line -> assertThat(line).contains(entry("status", "408"), entry("domain", "own-slow"),
						entry("operation", "POST " + sample.path())));
		}
		finally {
			protocol.setConnectionTimeout(usual);
		}
		assertThat(bodies.underWay()).isZero();
		assertThat(failures()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void areNoFailureOfTheServiceWhenTheyLeave(boolean isAwaited) throws IOException {
		var before = failures();
		var left = counted("UNKNOWN", 400);
		for (int number = 0; number < 3; number++) {
			try (var socket = new Socket("localhost", port)) {
				socket.getOutputStream().write(Kind.WRONG_SIGNATURE.head(sample).getBytes(ISO_8859_1));
				if (isAwaited) {
					await().atMost(Duration.ofSeconds(30)).until(() -> bodies.underWay() == 1);
				}
			}
			await().atMost(Duration.ofSeconds(30)).until(() -> bodies.underWay() == 0);
		}

		await().atMost(Duration.ofSeconds(30)).until(() -> counted("UNKNOWN", 400) + failures() == left + before + 3);
		assertThat(failures()).isEqualTo(before);
	}

	private long failures() {
		return meters.find("http.server.requests")
			.tag("outcome", "SERVER_ERROR")
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	/** The others are there with their headers. */
	@ParameterizedTest
	@CsvSource({ "0, 0", "75000, 0", "75000, 16" })
	void areNoneWhoSendTheirBodySomewhatLater(int padding, int others) throws IOException {
		var body = (sample.json() + " ".repeat(padding)).getBytes(ISO_8859_1);
		var before = counted(202);
		try (var _ = SlowSenders.start(others, port, large(SlowSenders.signatureOf("AKREADER")), " ");
				var socket = new Socket("localhost", port)) {
			await().atMost(Duration.ofSeconds(30)).until(() -> bodies.underWay() == others);
			var head = "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
				.formatted(sample.path(), Kind.TOKEN.credentials("none"), body.length);
			socket.getOutputStream().write(head.getBytes(ISO_8859_1));
			await().atMost(Duration.ofSeconds(30)).until(() -> bodies.underWay() > others);
			socket.getOutputStream().write(body, 0, 1000);
			socket.getOutputStream().flush();
			socket.getOutputStream().write(body, 1000, body.length - 1000);

			var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

			assertThat(answer).startsWith("HTTP/1.1 202 ").contains("\r\nx-amzn-RequestId: ", "\"WorkflowId\":");
		}
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(counted(202)).isEqualTo(before + 1));
	}

	private long counted(int status) {
		return counted("/domains/{domainName}/workflows/integrations", status);
	}

	private long counted(String uri, int status) {
		return meters.find("http.server.requests")
			.tag("uri", uri)
			.tag("status", Integer.toString(status))
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	@ParameterizedTest
	@EnumSource
	void doNotStopTheManagementPort(Kind kind) {
		try (var _ = SlowSenders.start(MANY, managementPort, kind.head("/actuator/outbox", "AKEVERYWHERE"),
				kind.drop)) {
			assertThat(IntStream.range(0, 20).mapToObj(_ -> timeOf(managementPort, "/actuator/health/liveness")))
				.allSatisfy(this::isSoon);
		}
	}

	private void isSoon(Duration time) {
		assertThat(time).isLessThan(SOON);
	}

	private static Duration timeOf(int port, String path) {
		var begin = System.nanoTime();
		assertThat(Ask.to(port, "GET", path).send().status()).isEqualTo(200);
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	private Ask largeCreate() {
		return Ask.to(port, "POST", sample.path()).withBody(sample.json() + " ".repeat(75_000));
	}

	private String large(String credentials) {
		return "POST %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\nContent-Length: 75000\r\n\r\n{"
			.formatted(sample.path(), credentials);
	}

	/**
	 * How they call.
	 */
	enum Kind {

		WRONG_SIGNATURE("Content-Length: 60000\r\n\r\n{", " "),

		WRONG_SIGNATURE_IN_CHUNKS("Transfer-Encoding: chunked\r\n\r\n5;a=", "b"),

		TOKEN("Content-Length: 60000\r\n\r\n{", " "),

		TOKEN_IN_CHUNKS("Transfer-Encoding: chunked\r\n\r\n5;a=", "b"),

		NO_TOKEN("Content-Length: 60000\r\n\r\n{", " "),

		UNKNOWN_KEY("Content-Length: 60000\r\n\r\n{", " "),

		UNKNOWN_KEY_IN_CHUNKS("Transfer-Encoding: chunked\r\n\r\n5;a=", "b"),

		NOTHING("Content-Length: 60000\r\n\r\n{", " "),

		NOTHING_IN_CHUNKS("Transfer-Encoding: chunked\r\n\r\n5;a=", "b"),

		/** Which no filter of ours sees. */
		STRANGE_PATH("Content-Length: 60000\r\n\r\n{", " "),

		/** Which the server refuses by itself. */
		MALFORMED_PATH("Content-Length: 60000\r\n\r\n{", " ");

		private final String end;

		final String drop;

		Kind(String end, String drop) {
			this.end = end;
			this.drop = drop;
		}

		String head(SampleRequest sample) {
			return head(sample.path(), "AKREADER");
		}

		String head(String path, String accessKeyId) {
			return "POST %s%s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\n%s".formatted(path,
					switch (this) {
						case STRANGE_PATH -> "/;a=b//c";
						case MALFORMED_PATH -> "/%00";
						default -> "";
					}, credentials(accessKeyId), end);
		}

		private String credentials(String accessKeyId) {
			return switch (this) {
				case WRONG_SIGNATURE, WRONG_SIGNATURE_IN_CHUNKS, STRANGE_PATH, MALFORMED_PATH ->
					SlowSenders.signatureOf(accessKeyId);
				case UNKNOWN_KEY, UNKNOWN_KEY_IN_CHUNKS -> SlowSenders.signatureOf("AKSTRANGER");
				case TOKEN, TOKEN_IN_CHUNKS -> "Authorization: Bearer %s\r\n"
					.formatted(Issuer.token("susan", Map.of("roles", List.of("operator"), "domains", List.of("*"))));
				case NO_TOKEN -> "Authorization: Bearer nonsense\r\n";
				case NOTHING, NOTHING_IN_CHUNKS -> "";
			};
		}

	}

}
