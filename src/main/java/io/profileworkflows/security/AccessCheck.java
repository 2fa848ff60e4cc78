package io.profileworkflows.security;

import java.util.Map;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Checks before every operation whether the caller may do it in that domain. For callers
 * who may not read a domain, it does not exist.
 */
public class AccessCheck implements HandlerInterceptor {

	private static final String OURS = "io.profileworkflows.";

	private static final String ARN = "resourceArn";

	private static final Pattern DOMAIN_IN_ARN = Pattern
		.compile("arn:[^:]*+:profile:[^:]*+:[^:]*+:domains/([^/]++)(?s:.*+)");

	private final SignatureUse signatures;

	AccessCheck(SignatureUse signatures) {
		this.signatures = signatures;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod operation && operation.getBeanType().getName().startsWith(OURS)
				&& !operation.hasMethodAnnotation(ForAnyCaller.class)) {
			var needed = check(Caller.current(), operation, variables(request));
			if (needed.value() != Role.READER && !needed.makesOnce()) {
				signatures.use(request);
			}
		}
		return true;
	}

	private static Requires check(Caller caller, HandlerMethod operation, Map<String, String> variables) {
		var needed = operation.getMethodAnnotation(Requires.class);
		if (needed == null) {
			throw new IllegalStateException(
					"Nothing says which role %s needs".formatted(operation.getShortLogMessage()));
		}
		if (!caller.hasRoles()) {
			throw new AccessDeniedException("This caller has no role in any domain");
		}
		var domainName = domainOf(variables);
		if (domainName != null) {
			checkIn(domainName, caller, needed.value(), variables);
		}
		else if (needed.inAnyDomain()) {
			permit(!caller.domains(needed.value()).isEmpty(), needed.value(), "a domain");
		}
		else {
			permit(caller.mayEverywhere(needed.value()), needed.value(), "all domains");
		}
		return needed;
	}

	/**
	 * Asks the same for an operation whose domain is not in its path.
	 */
	public static void require(Role needed, String domainName) {
		checkIn(domainName, Caller.current(), needed, Map.of());
	}

	private static void checkIn(String domainName, Caller caller, Role needed, Map<String, String> variables) {
		if (!caller.may(Role.READER, domainName)) {
			throw notVisible(domainName, variables);
		}
		permit(caller.may(needed, domainName), needed, "domain " + domainName);
	}

	static void permit(boolean permitted, Role needed, String where) {
		if (!permitted) {
			var article = (needed == Role.OPERATOR) ? "an" : "a";
			throw new AccessDeniedException("Only %s %s of %s may do this".formatted(article, needed, where));
		}
	}

	private static NotVisible notVisible(String domainName, Map<String, String> variables) {
		var arn = variables.get(ARN);
		if (arn != null) {
			return NotVisible.resource(arn);
		}
		var id = variables.get("workflowId");
		return (id != null) ? NotVisible.workflow(domainName, id) : NotVisible.domain(domainName);
	}

	static @Nullable String domainOf(Map<String, String> variables) {
		var arn = variables.get(ARN);
		if (arn == null) {
			return checked(variables.get("domainName"));
		}
		var parts = DOMAIN_IN_ARN.matcher(arn);
		// whatever else is no ARN of a workflow, and nobody has such a domain
		return (parts.matches() && Names.isDomainName(parts.group(1))) ? parts.group(1) : "";
	}

	private static @Nullable String checked(@Nullable String domainName) {
		if (domainName != null && !Names.isDomainName(domainName)) {
			throw new MalformedName();
		}
		return domainName;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, String> variables(HttpServletRequest request) {
		var variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return (variables instanceof Map<?, ?> found) ? (Map<String, String>) found : Map.of();
	}

}
