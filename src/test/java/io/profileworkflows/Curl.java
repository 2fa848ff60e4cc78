package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.profileworkflows.integration.Sample;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks plain HTTP with the service, as people with curl do.
 */
final class Curl {

	private static final JsonMapper JSON = new JsonMapper();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final URI service;

	Curl(int port) {
		this.service = URI.create("http://127.0.0.1:" + port);
	}

	Answer get(String path) {
		return send(to(path).GET());
	}

	Answer delete(String path) {
		return send(to(path).DELETE());
	}

	Answer post(String path, byte[] body, String... headers) {
		var request = to(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	/** Asks for a workflow that nothing is wrong with. */
	String create(String domainName, Sample request) {
		var answer = post("/domains/" + domainName + "/workflows/integrations",
				request.withText("/DomainName", domainName).bytes(), "Content-Type", "application/json");
		if (answer.status() != 202) {
			throw new IllegalStateException(answer.toString());
		}
		return answer.text("/WorkflowId");
	}

	static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	Answer send(HttpRequest.Builder request) {
		try {
			var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			return new Answer(response.statusCode(), response.headers(), JSON.readTree(response.body()));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	HttpRequest.Builder to(String path) {
		return HttpRequest.newBuilder(URI.create(service + path)).timeout(Duration.ofSeconds(30));
	}

	record Answer(int status, HttpHeaders headers, JsonNode body) {

		String text(String pointer) {
			return body.at(pointer).asString("");
		}

		String header(String name) {
			return headers.firstValue(name).orElse("");
		}

	}

}
