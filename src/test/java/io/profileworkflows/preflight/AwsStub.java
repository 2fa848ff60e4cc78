package io.profileworkflows.preflight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * IAM, KMS and S3 in one, which answer whatever a test wants, the same to everybody.
 */
final class AwsStub implements AutoCloseable {

	private static final String ROLE = """
			<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>
			<Path>/</Path><RoleName>any</RoleName><RoleId>AROA</RoleId><Arn>%s</Arn>
			<CreateDate>2024-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument>
			</Role></GetRoleResult></GetRoleResponse>
			""";

	private static final String ERROR = """
			<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>
			<Code>%s</Code><Message>arn:aws:secret</Message></Error><RequestId>1</RequestId></ErrorResponse>
			""";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private volatile Answer answer = new Answer(500, "", Map.of());

	private volatile CountDownLatch gate = new CountDownLatch(0);

	AwsStub() {
		try {
			server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		server.setExecutor(threads);
		server.createContext("/", this::answer);
		server.start();
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
	}

	List<Request> requests() {
		return requests;
	}

	AwsStub will(int status, String body, Map<String, String> headers) {
		answer = new Answer(status, body, headers);
		return this;
	}

	AwsStub showRole(String arn, String trustPolicy) {
		return will(200,
				ROLE.formatted(arn, URLEncoder.encode(trustPolicy, StandardCharsets.UTF_8).replace("+", "%20")),
				Map.of());
	}

	AwsStub refuseRole(int status, String code) {
		return will(status, ERROR.formatted(code), Map.of());
	}

	AwsStub showKey(String arn, String state, String usage, String spec) {
		return will(200, """
				{"KeyMetadata": {"KeyId": "k", "Arn": "%s", "KeyState": "%s", "KeyUsage": "%s", "KeySpec": "%s"}}
				""".formatted(arn, state, usage, spec), Map.of());
	}

	AwsStub refuseKey(int status, String type) {
		return will(status, "{\"__type\": \"%s\", \"message\": \"arn:aws:secret\"}".formatted(type), Map.of());
	}

	AwsStub showBucket(int status, String region) {
		return will(status, "", region.isEmpty() ? Map.of() : Map.of("x-amz-bucket-region", region));
	}

	/** Nobody gets an answer until it is let go. */
	AwsStub stall() {
		gate = new CountDownLatch(1);
		return this;
	}

	void letGo() {
		gate.countDown();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
					exchange.getRequestHeaders().getFirst("Host"),
					exchange.getRequestHeaders().getFirst("Authorization"),
					String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target")), body));
			gate.await();
			var now = answer;
			now.headers().forEach(exchange.getResponseHeaders()::set);
			if (now.body().isEmpty()) {
				exchange.sendResponseHeaders(now.status(), -1);
				return;
			}
			var content = now.body().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(now.status(), content.length);
			exchange.getResponseBody().write(content);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		letGo();
		server.stop(0);
		threads.shutdownNow();
	}

	record Request(String method, String path, String host, String authorization, String target, String body) {
	}

	private record Answer(int status, String body, Map<String, String> headers) {
	}

}
