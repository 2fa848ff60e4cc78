package io.profileworkflows.http;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.profileworkflows.database.Failure;
import io.profileworkflows.integration.DocumentTooLarge;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.security.MalformedName;
import io.profileworkflows.security.NotVisible;
import io.profileworkflows.security.ResourceNotAllowed;
import io.profileworkflows.security.SignatureUsed;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers every error as a {@link Problem}. Modules answer their own exceptions first.
 */
@RestControllerAdvice
public class Problems extends ResponseEntityExceptionHandler {

	/** Seconds after which the database may be back. */
	private static final String AFTER_AN_OUTAGE = "5";

	private static final Logger log = LoggerFactory.getLogger(Problems.class);

	@ExceptionHandler
	ResponseEntity<Object> on(InvalidDocument invalid) {
		return Problem.of(HttpStatus.BAD_REQUEST, Problem.said(invalid), invalid.violations(), null).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(BadParameter bad) {
		return Problem.of(HttpStatus.BAD_REQUEST, Problem.said(bad)).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(NoEntityTag none) {
		return Problem.of(HttpStatus.PRECONDITION_FAILED, Problem.said(none)).toResponse();
	}

	/** As RFC 9110 wants it, section 15.5.16. */
	@ExceptionHandler
	ResponseEntity<Object> on(CodedBody coded) {
		var headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCEPT_ENCODING, CodedBody.NOT_CODED);
		var status = HttpStatus.UNSUPPORTED_MEDIA_TYPE;
		return Problem.of(status, Problem.said(coded)).toResponse(Problem.errorTypeOf(status.value()), headers);
	}

	@ExceptionHandler
	ResponseEntity<Object> on(MalformedName malformed) {
		return Problem.of(HttpStatus.BAD_REQUEST, Problem.said(malformed)).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(DocumentTooLarge tooLarge) {
		return Problem.of(HttpStatus.CONTENT_TOO_LARGE, Problem.said(tooLarge)).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(AccessDeniedException denied) {
		return Problem.of(HttpStatus.FORBIDDEN, Problem.said(denied)).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(ResourceNotAllowed notAllowed) {
		return Problem.of(HttpStatus.FORBIDDEN, Problem.said(notAllowed), notAllowed.violations(), null).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(SignatureUsed used) {
		return Problem.of(HttpStatus.FORBIDDEN, Problem.said(used)).toResponse(SignatureUsed.ERROR_TYPE);
	}

	@ExceptionHandler
	ResponseEntity<Object> on(NotVisible notVisible) {
		return Problem.of(HttpStatus.NOT_FOUND, Problem.said(notVisible)).toResponse();
	}

	/** The last is of a header whose value is looked at when it is asked for. */
	@ExceptionHandler({ BadRequestException.class, InvalidParameterException.class, RequestRejectedException.class })
	ResponseEntity<Object> onMalformed(Exception malformed) {
		log.debug("A request was malformed", malformed);
		return Problem.of(HttpStatus.BAD_REQUEST, Problem.MALFORMED).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(Exception unexpected) {
		if (Failure.isOutage(unexpected)) {
			// many requests meet it at once, and their traces say no more than this
			log.error("The database cannot be used: {}", Failure.reason(unexpected));
			log.debug("The database cannot be used", unexpected);
			var headers = new HttpHeaders();
			headers.set(HttpHeaders.RETRY_AFTER, AFTER_AN_OUTAGE);
			var status = HttpStatus.SERVICE_UNAVAILABLE;
			return Problem.of(status, "The service cannot use its database; try again")
				.toResponse(Problem.errorTypeOf(status.value()), headers);
		}
		log.error("A request failed unexpectedly", unexpected);
		return Problem
			.of(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed; its log says more under this request id")
			.toResponse();
	}

	/** What is said of a failure, where it concerns only one part of a request. */
	public Problem of(RuntimeException failure) {
		var answer = switch (failure) {
			case InvalidDocument invalid -> on(invalid);
			case DocumentTooLarge tooLarge -> on(tooLarge);
			case ResourceNotAllowed notAllowed -> on(notAllowed);
			case AccessDeniedException denied -> on(denied);
			case NotVisible notVisible -> on(notVisible);
			default -> on((Exception) failure);
		};
		return (Problem) Objects.requireNonNull(answer.getBody());
	}

	@Override
	protected ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException none, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		return Problem.of(status, "There is no operation at this path").toResponse("UnknownOperationException");
	}

	@Override
	protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(HttpMediaTypeNotSupportedException unsupported,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return Problem.of(status, "Content-Type must be " + anyOf(unsupported.getSupportedMediaTypes()))
			.toResponse(Problem.errorTypeOf(status.value()), headers);
	}

	@Override
	protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(HttpMediaTypeNotAcceptableException none,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return Problem.of(status, "Accept must allow " + anyOf(none.getSupportedMediaTypes()))
			.toResponse(Problem.errorTypeOf(status.value()), headers);
	}

	@Override
	protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(HttpRequestMethodNotSupportedException none,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		var allowed = headers.getFirst(HttpHeaders.ALLOW);
		return Problem.of(status, "There is no %s at this path, only %s".formatted(none.getMethod(), allowed))
			.toResponse(Problem.errorTypeOf(status.value()), headers);
	}

	@Override
	protected ResponseEntity<Object> handleExceptionInternal(Exception exception, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		var said = (exception instanceof ErrorResponseException refusal) ? refusal.getBody() : body;
		var detail = (said instanceof ProblemDetail problem) ? problem.getDetail() : null;
		return Problem.of(status, (detail != null) ? detail : "The request cannot be answered")
			.toResponse(Problem.errorTypeOf(status.value()), headers);
	}

	private static String anyOf(List<MediaType> types) {
		return types.isEmpty() ? MediaType.APPLICATION_JSON_VALUE
				: types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
	}

}
