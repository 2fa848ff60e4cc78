package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * What is said to those who ask too often, in the words of AWS, which its SDKs know to
 * wait for.
 *
 * @param retryAfter after which one more request would be answered
 */
record Throttled(String message, Duration retryAfter) {

	void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
		new Refusal("ThrottlingException", message).attachTo(request);
		response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.plusNanos(999_999_999).toSeconds()));
		response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
	}

}
