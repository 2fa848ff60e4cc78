package io.profileworkflows.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A Customer Profiles on this machine that creates each workflow at once, lists none and
 * remembers no more than when it was asked.
 */
final class InstantAws implements AutoCloseable {

	private static final String FLOW_NAME = "\"FlowName\":\"";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final AtomicLong creates = new AtomicLong();

	private volatile Map<String, Instant> calls = Map.of();

	private InstantAws(HttpServer server) {
		this.server = server;
	}

	static InstantAws start() {
		// otherwise it keeps back an answer's body until its head is acknowledged
		System.setProperty("sun.net.httpserver.nodelay", "true");
		try {
			var aws = new InstantAws(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			aws.server.setExecutor(aws.threads);
			aws.server.createContext("/", aws::answer);
			aws.server.start();
			return aws;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
	}

	/** How often it was asked for a workflow. */
	long creates() {
		return creates.get();
	}

	/**
	 * Begins to write down when it is asked for which FlowName.
	 * @return what it writes, as it does
	 */
	Map<String, Instant> watch() {
		var watched = new ConcurrentHashMap<String, Instant>();
		calls = watched;
		return watched;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			var now = Instant.now();
			var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			var path = exchange.getRequestURI().getPath();
			if (!exchange.getRequestMethod().equals("POST")) {
				answer(exchange, 404, "{\"Message\":\"There is none\"}");
			}
			else if (path.endsWith("/workflows/integrations")) {
				create(request, now);
				answer(exchange, 200, "{\"WorkflowId\":\"%s\",\"Message\":\"Created\"}"
					.formatted(UUID.randomUUID().toString().replace("-", "")));
			}
			else {
				answer(exchange, 200, "{\"Items\":[]}");
			}
		}
	}

	private void create(String request, Instant now) {
		creates.incrementAndGet();
		if (calls instanceof ConcurrentHashMap<String, Instant> watched) {
			var begin = request.indexOf(FLOW_NAME) + FLOW_NAME.length();
			watched.put(request.substring(begin, request.indexOf('"', begin)), now);
		}
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		var bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
		if (status == 404) {
			exchange.getResponseHeaders().set("x-amzn-ErrorType", "ResourceNotFoundException");
		}
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
		threads.close();
	}

}
