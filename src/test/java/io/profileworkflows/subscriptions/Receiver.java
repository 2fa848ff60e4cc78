package io.profileworkflows.subscriptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A subscriber's own server, which keeps what it gets and answers what a test says.
 */
public final class Receiver implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpServer server;

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private volatile ToIntFunction<Received> answers = _ -> 204;

	private volatile String body = "";

	public Receiver() {
		try {
			server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
		server.createContext("/", this::handle);
		server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			var one = new Received(exchange.getRequestURI().toString(), headers(exchange),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			received.add(one);
			var status = answers.applyAsInt(one);
			if (status / 100 == 3) {
				exchange.getResponseHeaders().add("Location", url("/elsewhere"));
			}
			var text = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, (text.length == 0) ? -1 : text.length);
			if (text.length > 0) {
				exchange.getResponseBody().write(text);
			}
		}
	}

	private static HttpHeaders headers(HttpExchange exchange) {
		return HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true);
	}

	/** From now on. */
	public Receiver answer(ToIntFunction<Received> status) {
		this.answers = status;
		return this;
	}

	public Receiver answer(int status, String text) {
		this.body = text;
		return answer(_ -> status);
	}

	public String url(String path) {
		return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
	}

	public List<Received> received() {
		return List.copyOf(received);
	}

	public void forget() {
		received.clear();
	}

	@Override
	public void close() {
		server.stop(0);
	}

	/**
	 * A request.
	 */
	public record Received(String path, HttpHeaders headers, String body) {

		public String id() {
			return headers.firstValue("webhook-id").orElseThrow();
		}

		public JsonNode json() {
			return JSON.readTree(body);
		}

		public String type() {
			return json().path("type").asString();
		}

		public JsonNode data() {
			return json().path("data");
		}

		/** Whether Standard Webhooks' own library believes it. */
		public boolean isSignedWith(String secret) {
			try {
				new Webhook(secret).verify(body, names());
				return true;
			}
			catch (WebhookVerificationException _) {
				return false;
			}
		}

		/** The library knows names in lower case. */
		private HttpHeaders names() {
			return HttpHeaders
				.of(Map.of("webhook-id", List.of(id()), "webhook-timestamp", headers.allValues("webhook-timestamp"),
						"webhook-signature", headers.allValues("webhook-signature")), (_, _) -> true);
		}

	}

}
