package io.profileworkflows.workflow.web;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Who sent the request.
 */
record Caller(String name, boolean isOperator) {

	/** What a caller is called where nobody has to say who he is. */
	private static final String NOBODY = "anonymous";

	static Caller of(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		return (principal == null) ? new Caller(NOBODY, true)
				: new Caller(principal.getName(), request.isUserInRole("OPERATOR"));
	}

}
