package io.profileworkflows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/**
 * A way to the service that is as bad as a test wants it. Every request that passes is
 * written down, and reaches the service even when its answer does not come back.
 */
final class Relay implements AutoCloseable {

	/** What belongs to one connection, and so is not passed on to the next. */
	private static final Set<String> OF_THE_CONNECTION = ofAnyCase("Connection", "Content-Length", "Expect", "Host",
			"Transfer-Encoding", "Upgrade");

	private final URI service;

	private final String scheme;

	private final HttpServer server;

	private final HttpClient client = HttpClient.newHttpClient();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Passed> passed = new CopyOnWriteArrayList<>();

	private final AtomicInteger toLose = new AtomicInteger();

	private final AtomicInteger toWithhold = new AtomicInteger();

	private final CountDownLatch closed = new CountDownLatch(1);

	private Relay(int port, String scheme, HttpServer server) {
		this.service = URI.create("http://127.0.0.1:" + port);
		this.scheme = scheme;
		this.server = server;
		server.createContext("/", this::pass);
		server.setExecutor(threads);
		server.start();
	}

	static Relay to(int port) throws IOException {
		return new Relay(port, "http", HttpServer.create(anyPort(), 0));
	}

	static Relay to(int port, SSLContext tls) throws IOException {
		var server = HttpsServer.create(anyPort(), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(tls));
		return new Relay(port, "https", server);
	}

	/** Drops the connection instead of giving back the next answers. */
	Relay losing(int answers) {
		toLose.set(answers);
		return this;
	}

	/** Leaves the client waiting for the next answers. */
	Relay withholding(int answers) {
		toWithhold.set(answers);
		return this;
	}

	URI endpoint() {
		return URI.create("%s://127.0.0.1:%d".formatted(scheme, server.getAddress().getPort()));
	}

	List<Passed> passed() {
		return passed;
	}

	@Override
	public void close() {
		closed.countDown();
		server.stop(0);
		threads.shutdownNow();
		threads.close();
		client.close();
	}

	private void pass(HttpExchange exchange) throws IOException {
		try (exchange) {
			var body = exchange.getRequestBody().readAllBytes();
			var answer = client.send(onward(exchange, body), HttpResponse.BodyHandlers.ofByteArray());
			passed.add(new Passed(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body,
					answer.statusCode()));
			if (toLose.getAndUpdate(Relay::oneLess) > 0) {
				return;
			}
			if (toWithhold.getAndUpdate(Relay::oneLess) > 0) {
				closed.await();
				return;
			}
			answer.headers().map().forEach((name, values) -> {
				if (!OF_THE_CONNECTION.contains(name)) {
					exchange.getResponseHeaders().put(name, values);
				}
			});
			var length = answer.body().length;
			exchange.sendResponseHeaders(answer.statusCode(), (length > 0) ? length : -1);
			exchange.getResponseBody().write(answer.body());
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private HttpRequest onward(HttpExchange exchange, byte[] body) {
		var request = HttpRequest.newBuilder(URI.create(service + exchange.getRequestURI().toString()))
			.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
		exchange.getRequestHeaders().forEach((name, values) -> {
			if (!OF_THE_CONNECTION.contains(name)) {
				values.forEach(value -> request.header(name, value));
			}
		});
		return request.build();
	}

	private static int oneLess(int left) {
		return Math.max(0, left - 1);
	}

	private static Set<String> ofAnyCase(String... names) {
		var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(List.of(names));
		return set;
	}

	private static InetSocketAddress anyPort() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
	}

	/** One request and how the service answered it. */
	record Passed(String path, Headers headers, byte[] body, int status) {

		String header(String name) {
			var value = headers.getFirst(name);
			return (value != null) ? value : "";
		}

	}

}
