package io.profileworkflows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Follows a stream of server-sent events, as a browser does.
 */
final class Events implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Event CLOSED = new Event("", "", MissingNode.getInstance());

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private final AtomicInteger beats = new AtomicInteger();

	private final HttpResponse<InputStream> response;

	private Events(HttpResponse<InputStream> response) {
		this.response = response;
		Thread.ofVirtual().start(this::read);
	}

	static Events follow(HttpClient http, URI workflow, String... headers) throws IOException, InterruptedException {
		var request = HttpRequest.newBuilder(workflow).header("Accept", "text/event-stream");
		if (headers.length > 0) {
			request.headers(headers);
		}
		return new Events(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
	}

	int status() {
		return response.statusCode();
	}

	String header(String name) {
		return response.headers().firstValue(name).orElse("");
	}

	Event next() throws InterruptedException {
		var event = events.poll(20, TimeUnit.SECONDS);
		if (event == null || event == CLOSED) {
			throw new AssertionError((event == null) ? "No event came" : "The stream is closed");
		}
		return event;
	}

	/** All that still come until the server closes the stream. */
	List<Event> rest() throws InterruptedException {
		var rest = new ArrayList<Event>();
		while (true) {
			var event = events.poll(20, TimeUnit.SECONDS);
			if (event == null) {
				throw new AssertionError("The stream does not end after " + rest);
			}
			if (event == CLOSED) {
				return rest;
			}
			rest.add(event);
		}
	}

	/** How often the server said that it has nothing to say. */
	int beats() {
		return beats.get();
	}

	private void read() {
		try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
			var block = new ArrayList<String>();
			for (var line = lines.readLine(); line != null; line = lines.readLine()) {
				if (!line.isEmpty()) {
					block.add(line);
				}
				else {
					take(block);
					block.clear();
				}
			}
		}
		catch (IOException _) {
			// said like an end
		}
		events.add(CLOSED);
	}

	private void take(List<String> block) {
		if (block.contains(":")) {
			beats.incrementAndGet();
		}
		if (block.stream().anyMatch(line -> line.startsWith("event: "))) {
			events.add(new Event(field(block, "event"), field(block, "id"), JSON.readTree(field(block, "data"))));
		}
	}

	private static String field(List<String> block, String name) {
		return block.stream()
			.filter(line -> line.startsWith(name + ": "))
			.map(line -> line.substring(name.length() + 2))
			.collect(Collectors.joining("\n"));
	}

	@Override
	public void close() {
		try {
			response.body().close();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	record Event(String name, String id, JsonNode data) {

		long number() {
			return Long.parseLong(id);
		}

		String text(String member) {
			return data.path(member).asString("");
		}

	}

}
