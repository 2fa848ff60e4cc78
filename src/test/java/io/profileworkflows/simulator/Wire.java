package io.profileworkflows.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;

/**
 * Writes answers.
 */
final class Wire {

	private static final int NO_BODY = -1;

	private Wire() {
	}

	static void write(HttpExchange exchange, Answer answer) throws IOException {
		var headers = exchange.getResponseHeaders();
		headers.set("Content-Type", answer.contentType());
		answer.headers().forEach(headers::set);
		var body = answer.body().getBytes(StandardCharsets.UTF_8);
		if (exchange.getRequestMethod().equals("HEAD")) {
			exchange.sendResponseHeaders(answer.status(), NO_BODY);
			return;
		}
		exchange.sendResponseHeaders(answer.status(), body.length == 0 ? NO_BODY : body.length);
		exchange.getResponseBody().write(body);
	}

}
