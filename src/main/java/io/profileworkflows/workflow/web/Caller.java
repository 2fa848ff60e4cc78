package io.profileworkflows.workflow.web;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.access.AccessDeniedException;

/**
 * Who sent the request.
 */
public record Caller(String name, boolean isOperator) {

	/** What a caller is called where nobody has to say who he is. */
	private static final String NOBODY = "anonymous";

	/** The role of those who decide where the service cannot. */
	private static final String OPERATOR = "operator";

	public static Caller of(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		return (principal == null) ? new Caller(NOBODY, true)
				: new Caller(principal.getName(), request.isUserInRole(OPERATOR));
	}

	/**
	 * @throws AccessDeniedException when the caller is none
	 */
	public Caller requireOperator() {
		if (!isOperator) {
			throw new AccessDeniedException("Only an operator may do this");
		}
		return this;
	}

}
