package io.profileworkflows.security;

import java.util.Objects;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/**
 * A request does not show who sent it, in the words of AWS.
 */
class Refused extends AuthenticationException {

	private final HttpStatus status;

	private final String errorType;

	private Refused(HttpStatus status, String errorType, String message) {
		super(message);
		this.status = status;
		this.errorType = errorType;
	}

	/** Nothing in the request says who sent it. */
	static Refused unsigned(String whatToDo) {
		return new Refused(HttpStatus.FORBIDDEN, "MissingAuthenticationTokenException", whatToDo);
	}

	/** There is a signature, but not a whole one. */
	static Refused incomplete(String message) {
		return new Refused(HttpStatus.BAD_REQUEST, "IncompleteSignatureException", message);
	}

	static Refused unknownKey() {
		return new Refused(HttpStatus.FORBIDDEN, "UnrecognizedClientException",
				"The access key is none of this service: it needs keys of its own, not those of AWS");
	}

	static Refused signature(String message) {
		return new Refused(HttpStatus.FORBIDDEN, "InvalidSignatureException", message);
	}

	static Refused tooLarge(int most) {
		return new Refused(HttpStatus.CONTENT_TOO_LARGE, "RequestEntityTooLargeException",
				"The document is larger than %s bytes".formatted(most));
	}

	static Refused token(String message) {
		return new Refused(HttpStatus.UNAUTHORIZED, "AccessDeniedException", message);
	}

	static Refused cannotTell() {
		return new Refused(HttpStatus.SERVICE_UNAVAILABLE, "ServiceUnavailableException",
				"The keys of the tokens' issuer cannot be had; try again");
	}

	HttpStatus status() {
		return status;
	}

	String errorType() {
		return errorType;
	}

	String said() {
		return Objects.requireNonNullElse(getMessage(), errorType);
	}

}
