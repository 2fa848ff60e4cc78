package io.profileworkflows.simulator;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What goes back over the wire.
 */
record Answer(int status, String contentType, String body, Map<String, String> headers) {

	private static final String JSON = "application/json";

	private static final String OUR_OWN_USER = "arn:aws:iam::%s:user/profile-workflows";

	static Answer ok(JsonNode body) {
		return new Answer(200, JSON, Json.MAPPER.writeValueAsString(body), Map.of());
	}

	static Answer text(String body) {
		return new Answer(200, "text/plain; charset=utf-8", body, Map.of());
	}

	static Answer error(int status, String errorType, String message) {
		var body = Json.object().put("Message", message);
		return new Answer(status, JSON, Json.MAPPER.writeValueAsString(body), Map.of("x-amzn-ErrorType", errorType));
	}

	static Answer internalError() {
		return error(500, "InternalServerException", "Internal server error");
	}

	static Answer throttled(@Nullable Duration retryAfter) {
		var answer = error(429, "ThrottlingException", "Rate exceeded");
		if (retryAfter == null) {
			return answer;
		}
		return new Answer(answer.status, answer.contentType, answer.body, Map.of("x-amzn-ErrorType",
				"ThrottlingException", "Retry-After", Long.toString(retryAfter.toSeconds())));
	}

	/** The call itself is not allowed, whatever it asks for. */
	static Answer callDenied(Operation operation, String accountId) {
		return error(403, "AccessDeniedException",
				"User: %s is not authorized to perform: %s:%s".formatted(OUR_OWN_USER.formatted(accountId),
						operation.isOfAppFlow() ? "appflow" : "profile", operation.wireName()));
	}

	/** As of a load balancer that stands before the service: not JSON, and no type. */
	static Answer html503() {
		return new Answer(503, "text/html",
				"<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>\r\n", Map.of());
	}

	static Answer garbage() {
		return new Answer(200, JSON, "{\"WorkflowId\":\"0123", Map.of());
	}

	static Answer withoutContent() {
		return ok(Json.object());
	}

}
