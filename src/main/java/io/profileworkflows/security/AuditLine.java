package io.profileworkflows.security;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import io.profileworkflows.integration.DomainName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Who did what to which workflow, from where, and what came of it. Nothing of a body, a
 * query or a header is in it, and no name that is not one.
 *
 * @param reads whether it could not have changed anything
 * @param turnedAway whether they were not let in, or told that what they may not see is
 * not there
 */
record AuditLine(String operation, int status, @Nullable String errorType, @Nullable Caller caller, String address,
		@Nullable String domain, @Nullable String workflow, boolean reads, boolean turnedAway) {

	/** A stream of its own: it may have its own level and its own destination. */
	private static final Logger log = LoggerFactory.getLogger("audit");

	private static final RequestAttributeSecurityContextRepository CONTEXTS = new RequestAttributeSecurityContextRepository();

	private static final String ERROR_TYPE = "x-amzn-ErrorType";

	private static final int LONGEST_PATH = 300;

	/** What is no name of anything. */
	private static final String NONE = "~";

	private static final Pattern DOMAIN = Pattern.compile(DomainName.PATTERN);

	private static final Pattern WORKFLOW = Pattern.compile("[0-9a-f]{32}");

	private static final String DOMAINS = "domains/";

	static AuditLine of(HttpServletRequest request, HttpServletResponse response, boolean isAnswered) {
		var operation = request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod m
				? m : null;
		var status = isAnswered ? response.getStatus() : HttpStatus.INTERNAL_SERVER_ERROR.value();
		var failure = request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE);
		var place = placeOf(request, response);
		return new AuditLine(nameOf(operation, request), status,
				Refusal.of(request).map(Refusal::errorType).orElse(response.getHeader(ERROR_TYPE)), callerOf(request),
				request.getRemoteAddr(), only(DOMAIN, segmentOf(place, 0)), workflowOf(place),
				isRead(operation, request), failure instanceof NotVisible || failure instanceof AccessDeniedException
						|| Refusal.of(request).isPresent());
	}

	/** Those who ask too often are counted by the metrics, and cannot fill the log. */
	boolean isWorthIt() {
		if (status == HttpStatus.TOO_MANY_REQUESTS.value()) {
			return false;
		}
		return !reads || status == HttpStatus.UNAUTHORIZED.value() || status == HttpStatus.FORBIDDEN.value()
				|| turnedAway && outcome().equals("refused");
	}

	void write() {
		var line = log.atInfo()
			.addKeyValue("operation", operation)
			.addKeyValue("outcome", outcome())
			.addKeyValue("status", status)
			.addKeyValue("caller", name())
			.addKeyValue("authenticatedBy", means())
			.addKeyValue("remoteAddress", address);
		line = (errorType != null) ? line.addKeyValue("errorType", errorType) : line;
		line = (domain != null) ? line.addKeyValue("domain", domain) : line;
		line = (workflow != null) ? line.addKeyValue("workflowId", workflow) : line;
		line.log("{} in {} by {} ({}) from {}: {} {}{}{}", operation, (domain != null) ? domain : "no domain", name(),
				means(), address, outcome(), status, (errorType != null) ? " " + errorType : "",
				(workflow != null) ? ", workflow " + workflow : "");
	}

	private String outcome() {
		var answer = HttpStatus.resolve(status);
		return (answer == null || !answer.isError()) ? "done" : answer.is5xxServerError() ? "failed" : "refused";
	}

	private String name() {
		return (caller != null) ? caller.name() : "unknown";
	}

	private String means() {
		if (caller == null || caller.identity() == null) {
			return "nothing";
		}
		return caller.isSigning() ? "signature" : "token";
	}

	private static @Nullable Caller callerOf(HttpServletRequest request) {
		var authentication = CONTEXTS.loadDeferredContext(request).get().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof Caller caller) ? caller : null;
	}

	private static String nameOf(@Nullable HandlerMethod handler, HttpServletRequest request) {
		var mapping = (handler != null)
				? AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class) : null;
		if (mapping != null && !mapping.name().isEmpty()) {
			return mapping.name();
		}
		// percent-encoded as it came, so that no line of the log can be made with it
		var path = request.getRequestURI();
		return request.getMethod() + " " + path.substring(0, Math.min(path.length(), LONGEST_PATH));
	}

	private static boolean isRead(@Nullable HandlerMethod handler, HttpServletRequest request) {
		var needed = (handler != null) ? handler.getMethodAnnotation(Requires.class) : null;
		return (needed != null && needed.value() == Role.READER) || HttpMethod.GET.matches(request.getMethod())
				|| HttpMethod.HEAD.matches(request.getMethod()) || HttpMethod.OPTIONS.matches(request.getMethod());
	}

	/** Where the workflow is: a new one is where the answer says. */
	private static String placeOf(HttpServletRequest request, HttpServletResponse response) {
		var made = response.getHeader(HttpHeaders.LOCATION);
		if (made != null) {
			return made;
		}
		var variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		if (!(variables instanceof Map<?, ?> named)) {
			return request.getRequestURI();
		}
		return (named.get("resourceArn") instanceof String arn) ? arn
				: "domains/%s/workflows/%s".formatted(Objects.requireNonNullElse(named.get("domainName"), NONE),
						Objects.requireNonNullElse(named.get("workflowId"), NONE));
	}

	private static @Nullable String workflowOf(String place) {
		return "workflows".equals(segmentOf(place, 1)) ? only(WORKFLOW, segmentOf(place, 2)) : null;
	}

	/**
	 * A part of the path behind {@code domains/}.
	 */
	private static @Nullable String segmentOf(String place, int number) {
		var begin = place.lastIndexOf(DOMAINS);
		if (begin < 0) {
			return null;
		}
		var segments = place.substring(begin + DOMAINS.length()).split("/", number + 2);
		return (segments.length > number) ? segments[number] : null;
	}

	private static @Nullable String only(Pattern names, @Nullable String text) {
		return (text != null && names.matcher(text).matches()) ? text : null;
	}

}
