package io.profileworkflows.security;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The message for a caller who was not let in, for the page that shows it.
 */
public record Refusal(String errorType, String message) {

	private static final String ATTRIBUTE = Refusal.class.getName();

	public static Optional<Refusal> of(HttpServletRequest request) {
		return Optional.ofNullable(request.getAttribute(ATTRIBUTE)).map(Refusal.class::cast);
	}

	void attachTo(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

}
