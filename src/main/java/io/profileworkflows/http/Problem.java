package io.profileworkflows.http;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Violation;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An error in both formats at once: RFC 9457's members for people and tools, AWS's
 * {@code Message} and error type for its SDKs and the CLI.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(@JsonProperty("type") String type, @JsonProperty("title") String title,
		@JsonProperty("status") int status, @JsonProperty("detail") String detail,
		@JsonProperty("Message") String message, @JsonProperty("Violations") List<Violation> violations,
		@JsonProperty("WorkflowId") @Nullable String workflowId) {

	/** The header that names an error to AWS's clients. */
	static final String ERROR_TYPE = "x-amzn-ErrorType";

	/** What is said of a request that the server could not take apart. */
	static final String MALFORMED = "The request cannot be understood: its path, a header or its framing is malformed";

	/** What an exception says to the caller. All that become problems say something. */
	public static String said(RuntimeException fact) {
		return Objects.requireNonNull(fact.getMessage());
	}

	public static Problem of(HttpStatusCode status, String message) {
		return of(status, message, List.of(), null);
	}

	public static Problem of(HttpStatusCode status, String message, List<Violation> violations,
			@Nullable String workflowId) {
		var known = HttpStatus.resolve(status.value());
		return new Problem("about:blank", (known != null) ? known.getReasonPhrase() : "Error", status.value(), message,
				message, violations, workflowId);
	}

	public ResponseEntity<Object> toResponse(String errorType, HttpHeaders headers) {
		return ResponseEntity.status(status)
			.headers(headers)
			.header(ERROR_TYPE, errorType)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(this);
	}

	public ResponseEntity<Object> toResponse(String errorType) {
		return toResponse(errorType, HttpHeaders.EMPTY);
	}

	public ResponseEntity<Object> toResponse() {
		return toResponse(errorTypeOf(status));
	}

	/**
	 * AWS's name for a status code, or one in AWS's manner where AWS has none.
	 */
	public static String errorTypeOf(int status) {
		return switch (status) {
			case 400 -> "BadRequestException";
			case 401, 403 -> "AccessDeniedException";
			case 404 -> "ResourceNotFoundException";
			case 405 -> "MethodNotAllowedException";
			case 408 -> "RequestTimeoutException";
			case 406 -> "NotAcceptableException";
			case 409 -> "ConflictException";
			case 412 -> "PreconditionFailedException";
			case 413 -> "RequestEntityTooLargeException";
			case 415 -> "UnsupportedMediaTypeException";
			case 422 -> "IdempotentParameterMismatchException";
			case 429 -> "ThrottlingException";
			case 503 -> "ServiceUnavailableException";
			case 508 -> "LoopDetectedException";
			default -> (status < 500) ? "BadRequestException" : "InternalServerException";
		};
	}

}
