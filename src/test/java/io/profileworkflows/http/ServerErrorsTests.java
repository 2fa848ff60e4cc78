package io.profileworkflows.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.stream.Stream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What never reaches a controller, or not as a whole, over real sockets.
 */
@ServiceTest
class ServerErrorsTests {

	private static final int TEN_MEGABYTES = 10 << 20;

	private final SampleRequest sample = SampleRequest.unique();

	@LocalServerPort
	int port;

	@ParameterizedTest
	@ValueSource(strings = { "/domains/%zz/workflows", "/domains/%/workflows", "/domains/%00/workflows",
			"/domains/a%5cb/workflows", "/domains/a;b=c/workflows", "//domains/retail/workflows", "/domains//workflows",
			"/domains/%2e%2e/workflows", "/domains/a%2Fb/workflows", "/domains/%ff/workflows",
			"/domains/retail/workflows?max-results=%zz", "/domains/[retail]/workflows" })
	void refusesAMalformedPath(String path) throws IOException {
		var answer = ask("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));

		assertThat(answer.status()).isIn(400, 404);
		isAProblem(answer);
	}

	static Stream<Arguments> malformed() {
		return Stream.of(arguments("no host", "GET /workflows HTTP/1.1\r\nConnection: close\r\n\r\n"),
				arguments("a blank in a header's name",
						"GET /workflows HTTP/1.1\r\nHost: localhost\r\nbad header: x\r\nConnection: close\r\n\r\n"),
				arguments("a length that is no number",
						"POST /workflows HTTP/1.1\r\nHost: localhost\r\nContent-Length: ten\r\nConnection: close\r\n\r\n"),
				arguments("two lengths",
						"POST /workflows HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nx"),
				arguments("a version that nobody speaks", "GET /workflows HTTP/9.9\r\nHost: localhost\r\n\r\n"),
				arguments("an encoding that nobody knows",
						"POST /workflows HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gibberish\r\nConnection: close\r\n\r\n"),
				arguments("a method that nobody knows",
						"BREW /workflows HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
				arguments("a method that is not let through",
						"TRACE /workflows HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
				arguments("a header that is too long",
						"GET /workflows HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(100_000)
								+ "\r\nConnection: close\r\n\r\n"),
				arguments("a parameter that is not encoded properly",
						"GET /workflows?flow-name=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
				arguments("a path that is too long",
						"GET /domains/" + "x".repeat(100_000)
								+ " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
				arguments("no HTTP at all", "HELLO\r\n\r\n"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("malformed")
	void refusesAMalformedRequest(String what, String request) throws IOException {
		var answer = ask(request);

		assertThat(answer.status()).isBetween(400, 505);
		isAProblem(answer);
	}

	/** As UTF-8 has them in letters, such as this one. */
	@ParameterizedTest
	@ValueSource(strings = { "Idempotency-Key", "amz-sdk-invocation-id" })
	void refusesAHeaderWithControlCharacters(String name) throws IOException {
		var answer = ask(out -> {
			out.write(head("%s: \u00c3\u0080\r\nContent-Length: %d".formatted(name, sample.json().length())));
			out.write(sample.json().getBytes(ISO_8859_1));
		});

		assertThat(answer.status()).isEqualTo(400);
		isAProblem(answer);
	}

	@Test
	void answersABodyThatIsTooLarge() throws IOException {
		var answer = ask(out -> {
			out.write(head("Content-Length: " + TEN_MEGABYTES));
			writeTenMegabytes(out, false);
		});

		assertThat(answer.status()).isEqualTo(413);
		isAProblem(answer);
	}

	@Test
	void answersABodyThatIsTooLargeAndComesInChunks() throws IOException {
		var answer = ask(out -> {
			out.write(head("Transfer-Encoding: chunked"));
			writeTenMegabytes(out, true);
		});

		assertThat(answer.status()).isEqualTo(413);
		isAProblem(answer);
	}

	@Test
	void answersABodyThatIsNotWhatItsChunksSay() throws IOException {
		var answer = ask(out -> {
			out.write(head("Transfer-Encoding: chunked"));
			out.write("zz\r\nnonsense".getBytes(ISO_8859_1));
		});

		assertThat(answer.status()).isEqualTo(400);
		isAProblem(answer);
	}

	/** A client that ends the connection cannot be told. */
	@Test
	void waitsForNothingOfABodyThatEndsTooSoon() throws IOException {
		try (var socket = new Socket("localhost", port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(head("Content-Length: 1000"));
			socket.getOutputStream().write("{".getBytes(ISO_8859_1));
			socket.shutdownOutput();

			assertThat(socket.getInputStream().readAllBytes()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/domains/a%2F..%2Fb/workflows", "/tags/%2E%2E%2Fa", "/tags/a%2F%2Fb" })
	void refusesAPathThatIsAnotherWithoutItsEncoding(String path) throws IOException {
		var answer = ask("POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
			.formatted(path));

		assertThat(answer.status()).isEqualTo(400);
		isAProblem(answer);
	}

	@Test
	void stillAnswersWhatIsWellFormed() throws IOException {
		var answer = ask("GET /workflows HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("x-amzn-RequestId")).isNotBlank();
	}

	private static void isAProblem(Answer answer) {
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.header("x-amzn-ErrorType")).isNotBlank();
		assertThat(answer.header("x-amzn-RequestId")).isNotBlank();
		assertThat(answer.body()).doesNotContainIgnoringCase("<html").doesNotContain("Exception:", "Tomcat");
		var body = new JsonMapper().readTree(answer.body());
		assertThat(body.path("Message").stringValue()).isNotBlank();
		assertThat(body.path("status").intValue()).isEqualTo(answer.status());
	}

	private byte[] head(String framing) {
		return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n%s\r\n\r\n"
			.formatted(sample.path(), framing)
			.getBytes(ISO_8859_1);
	}

	private static void writeTenMegabytes(OutputStream out, boolean chunked) throws IOException {
		var part = " ".repeat(1 << 16).getBytes(ISO_8859_1);
		for (int sent = 0; sent < TEN_MEGABYTES; sent += part.length) {
			if (chunked) {
				out.write("10000\r\n".getBytes(ISO_8859_1));
			}
			out.write(part);
			if (chunked) {
				out.write("\r\n".getBytes(ISO_8859_1));
			}
		}
		if (chunked) {
			out.write("0\r\n\r\n".getBytes(ISO_8859_1));
		}
	}

	private Answer ask(String request) throws IOException {
		return ask(out -> out.write(request.getBytes(ISO_8859_1)));
	}

	private Answer ask(Question question) throws IOException {
		try (var socket = new Socket("localhost", port)) {
			socket.setSoTimeout(20_000);
			var out = socket.getOutputStream();
			question.writeTo(out);
			out.flush();
			var answer = new ByteArrayOutputStream();
			socket.getInputStream().transferTo(answer);
			return Answer.of(answer.toByteArray());
		}
	}

	private interface Question {

		void writeTo(OutputStream out) throws IOException;

	}

	private record Answer(int status, String head, String body) {

		static Answer of(byte[] bytes) {
			var text = new String(bytes, UTF_8);
			var end = text.indexOf("\r\n\r\n");
			assertThat(end).as("an answer: %s", text).isPositive();
			var head = text.substring(0, end);
			var body = text.substring(end + 4);
			if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
				body = body.replaceAll("(?m)^[0-9a-f]+\r\n", "").replace("\r\n", "");
			}
			return new Answer(Integer.parseInt(head.split(" ")[1]), head, body);
		}

		String header(String name) {
			return head.lines()
				.filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
				.findFirst()
				.map(line -> line.substring(name.length() + 1).strip())
				.orElse("");
		}
	}

}
