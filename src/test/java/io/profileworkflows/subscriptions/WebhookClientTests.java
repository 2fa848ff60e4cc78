package io.profileworkflows.subscriptions;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.threads.PlatformThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against servers that misbehave in every way.
 */
@OnTheSide
class WebhookClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

	private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (var one : open) {
			one.close();
		}
	}

	@Test
	void connectsToNoAddressThatANameLeadsToInside() {
		try (var receiver = new Receiver()) {
			var answer = client(false, InetAddress::getAllByName).post(URI.create(receiver.url("/")), "text/plain",
					Map.of(), BODY);

			assertThat(answer.failure()).isEqualTo("The name leads to an address that is not public");
			assertThat(receiver.received()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "::ffff:10.0.0.1",
			"64:ff9b::a00:1", "2002:a00:1::1", "100.64.1.1" })
	void refusesAllAddressesWhereOneIsNotPublic(String inside) {
		var answer = client(false,
				_ -> new InetAddress[] { InetAddress.getByName("1.1.1.1"), InetAddress.getByName(inside) })
			.post(URI.create("https://hooks.example.com/"), "text/plain", Map.of(), BODY);

		assertThat(answer.failure()).isEqualTo("The name leads to an address that is not public");
	}

	/** The first look-up would be for a check, the second for the connection. */
	@Test
	void looksANameUpOnceForAConnection() {
		var lookUps = new AtomicInteger();
		try (var receiver = new Receiver()) {
			var answer = client(true, _ -> {
				lookUps.incrementAndGet();
				return new InetAddress[] { InetAddress.getLoopbackAddress() };
			}).post(URI.create(receiver.url("/").replace("127.0.0.1", "hooks.example.com")), "text/plain", Map.of(),
					BODY);

			assertThat(answer.isDelivered()).isTrue();
			assertThat(lookUps).hasValue(1);
			assertThat(receiver.received()).singleElement()
				.satisfies(received -> assertThat(received.headers().firstValue("host").orElse(""))
					.startsWith("hooks.example.com:"));
		}
	}

	@Test
	void looksUpNamesWithinTheTime() {
		var never = new CountDownLatch(1);
		var begin = System.nanoTime();

		var answer = client(true, _ -> {
			await(never);
			throw new UnknownHostException();
		}).post(URI.create("http://hooks.example.com/"), "text/plain", Map.of(), BODY);

		assertThat(answer.failure()).isNotNull();
		assertInTime(begin);
	}

	@Test
	void saysThatANameIsNotKnown() {
		var answer = client(true, _ -> {
			throw new UnknownHostException();
		}).post(URI.create("https://hooks.example.com/"), "text/plain", Map.of(), BODY);

		assertThat(answer.failure()).isEqualTo("The name could not be looked up");
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void followsNoRedirect(int status) {
		try (var receiver = new Receiver().answer(status, "elsewhere")) {
			var answer = client().post(URI.create(receiver.url("/")), "text/plain", Map.of(), BODY);

			assertThat(answer.failure()).isEqualTo("The answer was " + status);
			assertThat(receiver.received()).hasSize(1);
		}
	}

	@Test
	void readsNoMoreThanAKilobyteOfABodyThatNeverEnds() throws IOException {
		var server = server(socket -> {
			var out = socket.getOutputStream();
			head(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
			while (true) {
				head(out, "400\r\n" + "x".repeat(1024) + "\r\n");
			}
		});
		var begin = System.nanoTime();

		var answer = client().post(server, "text/plain", Map.of(), BODY);

		assertThat(answer.isDelivered()).isTrue();
		assertThat(answer.text()).isEqualTo("x".repeat(1024));
		assertInTime(begin);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx",
			"HTTP/1.1 100 Continue\r\n\r\n" })
	void waitsForNobodyWhoSendsALittleNowAndThen(String beginning) throws IOException {
		var server = server(socket -> {
			var out = socket.getOutputStream();
			head(out, beginning);
			while (true) {
				pause(Duration.ofMillis(200));
				head(out, beginning.startsWith("HTTP/1.1 100") ? beginning : beginning.isEmpty() ? "" : "x");
			}
		});
		var begin = System.nanoTime();

		var answer = client().post(server, "text/plain", Map.of(), BODY);

		assertThat(answer.failure()).isEqualTo("There was no whole answer within 2000 ms");
		assertInTime(begin);
	}

	@Test
	void waitsForNobodyWhoNeverReads() throws IOException {
		var server = server(_ -> pause(Duration.ofMinutes(5)));
		var begin = System.nanoTime();

		var answer = client().post(server, "text/plain", Map.of(), new byte[50_000_000]);

		assertThat(answer.failure()).contains("no whole answer");
		assertInTime(begin);
	}

	@Test
	void waitsForNoHandshakeThatNeverEnds() throws IOException {
		var server = server(_ -> pause(Duration.ofMinutes(5)));
		var begin = System.nanoTime();

		var answer = client().post(URI.create(server.toString().replace("http:", "https:")), "text/plain", Map.of(),
				BODY);

		assertThat(answer.failure()).isNotNull();
		assertInTime(begin);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\0\0\0",
			"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" })
	void takesNonsenseForAFailure(String nonsense) throws IOException {
		var server = server(socket -> head(socket.getOutputStream(), nonsense));

		var answer = client().post(server, "text/plain", Map.of(), BODY);

		assertThat(answer.isDelivered()).isFalse();
	}

	@Test
	void keepsNoHeadersWithoutEnd() throws IOException {
		var server = server(socket -> {
			head(socket.getOutputStream(), "HTTP/1.1 200 OK\r\n");
			while (true) {
				head(socket.getOutputStream(), "X-Filler: " + "x".repeat(4000) + "\r\n");
			}
		});
		var begin = System.nanoTime();

		var answer = client().post(server, "text/plain", Map.of(), BODY);

		assertThat(answer.failure()).startsWith("No readable answer");
		assertInTime(begin);
	}

	@Test
	void unpacksNothing() throws IOException {
		var server = server(socket -> head(socket.getOutputStream(),
				"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbomb"));

		assertThat(client().post(server, "text/plain", Map.of(), BODY).text()).isEqualTo("bomb");
	}

	@Test
	void saysThatNobodyListens() throws IOException {
		var port = closedPort();

		var answer = client().post(URI.create("http://127.0.0.1:" + port), "text/plain", Map.of(), BODY);

		assertThat(answer.failure()).isEqualTo("No connection");
	}

	@Test
	void hearsWhenToComeBack() throws IOException {
		var server = server(socket -> head(socket.getOutputStream(),
				"HTTP/1.1 429 Slow Down\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n"));

		var answer = client().post(server, "text/plain", Map.of(), BODY);

		assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(17));
		assertThat(answer.status()).isEqualTo(429);
	}

	private WebhookClient client() {
		return client(true, InetAddress::getAllByName);
	}

	private WebhookClient client(boolean allowPrivate, TargetNames.Names names) {
		var guarded = new TargetNames(names, allowPrivate, TIMEOUT);
		var client = new WebhookClient(guarded, null, TIMEOUT);
		open.add(client);
		open.add(guarded);
		return client;
	}

	private URI server(Behaviour behaviour) throws IOException {
		var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		open.add(server);
		PlatformThreads.start("misbehaving", () -> {
			try {
				while (true) {
					var socket = server.accept();
					open.add(socket);
					PlatformThreads.start("misbehaving-to-one", () -> serve(socket, behaviour));
				}
			}
			catch (IOException _) {
				// the test is over
			}
		});
		return URI.create("http://127.0.0.1:" + server.getLocalPort());
	}

	private static void serve(Socket socket, Behaviour behaviour) {
		try (socket) {
			socket.setSoTimeout(100);
			behaviour.to(socket);
			skip(socket.getInputStream());
		}
		catch (IOException _) {
			// the client has hung up, as it should
		}
	}

	private static void skip(InputStream in) {
		try {
			in.readNBytes(4096);
		}
		catch (IOException _) {
			// it waits for an answer
		}
	}

	private static void head(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

	private static void pause(Duration time) throws SocketException {
		try {
			if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new SocketException();
			}
		}
		catch (InterruptedException _) {
			throw new SocketException();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private static int closedPort() throws IOException {
		try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return server.getLocalPort();
		}
	}

	private static void assertInTime(long begin) {
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.multipliedBy(5));
	}

	private interface Behaviour {

		void to(Socket socket) throws IOException;

	}

}
