package io.profileworkflows.workflow.web;

import java.util.Map;
import java.util.regex.Pattern;

import io.profileworkflows.integration.DomainName;
import io.profileworkflows.workflow.LogFields;
import io.profileworkflows.workflow.WorkflowId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Names in the log the domain and the workflow that the path of a request names, if they
 * are such names at all.
 */
class RequestLogFields implements AsyncHandlerInterceptor {

	private static final String FIELDS = RequestLogFields.class.getName();

	private static final Pattern DOMAIN_NAME = Pattern.compile(DomainName.PATTERN);

	private static final Pattern ARN = Pattern
		.compile(".{0,100}:domains/(?<domain>[^/]+)/workflows/(?<workflow>[^/]+)");

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		request.setAttribute(FIELDS, of(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)));
		return true;
	}

	private static LogFields of(@Nullable Object parts) {
		if (!(parts instanceof Map<?, ?> named)) {
			return LogFields.of(null, null);
		}
		if (named.get("resourceArn") instanceof String arn) {
			var part = ARN.matcher(arn);
			return part.matches() ? of(part.group("domain"), part.group("workflow")) : LogFields.of(null, null);
		}
		return of(named.get("domainName"), named.get("workflowId"));
	}

	private static LogFields of(@Nullable Object domain, @Nullable Object workflow) {
		return LogFields.of((domain instanceof String name && DOMAIN_NAME.matcher(name).matches()) ? name : null,
				(workflow instanceof String id) ? WorkflowId.parse(id).orElse(null) : null);
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception failure) {
		close(request);
	}

	@Override
	public void afterConcurrentHandlingStarted(HttpServletRequest request, HttpServletResponse response,
			Object handler) {
		close(request);
	}

	private static void close(HttpServletRequest request) {
		if (request.getAttribute(FIELDS) instanceof LogFields fields) {
			fields.close();
		}
	}

}
