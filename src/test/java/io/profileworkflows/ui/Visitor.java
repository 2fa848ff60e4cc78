package io.profileworkflows.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.profileworkflows.security.Issuer;

/**
 * A browser without script: it keeps cookies, follows a sign-in, and sends forms with
 * their token.
 */
final class Visitor {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final URI service;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	/** Each as it was set, with its attributes. */
	private final Map<String, String> setCookies = new LinkedHashMap<>();

	Visitor(int port) {
		this.service = URI.create("http://localhost:" + port);
	}

	static Visitor signedIn(int port, String name, String... roles) {
		var visitor = new Visitor(port);
		Issuer.expect(name, Map.of("roles", List.of(roles)));
		visitor.follow("/ui");
		return visitor;
	}

	/** Goes wherever it is sent. */
	HttpResponse<String> follow(String path) {
		var answer = get(path);
		for (var hops = 0; answer.statusCode() / 100 == 3 && hops < 10; hops++) {
			answer = get(answer.headers().firstValue("Location").orElseThrow());
		}
		return answer;
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(HttpRequest.newBuilder(service.resolve(path)).GET(), headers);
	}

	HttpResponse<String> post(String path, Map<String, String> fields) {
		var all = new LinkedHashMap<>(fields);
		all.put("_csrf", token());
		return postWithoutToken(path, all);
	}

	HttpResponse<String> postWithoutToken(String path, Map<String, String> fields) {
		var form = fields.entrySet()
			.stream()
			.map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
			.collect(Collectors.joining("&"));
		return send(HttpRequest.newBuilder(service.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(form)),
				"Content-Type", "application/x-www-form-urlencoded");
	}

	/** That of any form. */
	private String token() {
		var found = TOKEN.matcher(get("/ui/new").body() + get("/ui/paused").body());
		return found.find() ? found.group(1) : "none";
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		if (headers.length > 0) {
			request.headers(headers);
		}
		if (!cookies.isEmpty()) {
			request.header("Cookie",
					cookies.entrySet()
						.stream()
						.map(cookie -> cookie.getKey() + "=" + cookie.getValue())
						.collect(Collectors.joining("; ")));
		}
		try {
			var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
			answer.headers().allValues("Set-Cookie").forEach(this::keep);
			return answer;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	private void keep(String set) {
		var name = set.substring(0, set.indexOf('='));
		var value = set.substring(set.indexOf('=') + 1).split(";", 2)[0];
		setCookies.put(name, set);
		if (value.isEmpty()) {
			cookies.remove(name);
		}
		else {
			cookies.put(name, value);
		}
	}

	Map<String, String> cookies() {
		return cookies;
	}

	String setCookie(String name) {
		return setCookies.getOrDefault(name, "");
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
