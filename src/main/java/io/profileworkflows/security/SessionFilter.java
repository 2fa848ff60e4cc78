package io.profileworkflows.security;

import java.io.IOException;
import java.util.function.Predicate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in people who are signed in to the page.
 */
class SessionFilter extends OncePerRequestFilter {

	static final Predicate<HttpServletRequest> PAGE = request -> !request.getServletPath().startsWith("/ui/assets/");

	/** What people read of the API; its operations take no session. */
	static final Predicate<HttpServletRequest> DESCRIPTION_OF_API = request -> request.getMethod().equals("GET")
			&& (request.getServletPath().startsWith("/swagger-ui/")
					|| request.getServletPath().startsWith("/v3/api-docs"));

	private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

	private final ObjectProvider<PageSessions> sessions;

	private final Predicate<HttpServletRequest> isFor;

	/**
	 * @param sessions asked for late: filters are made before the database is there
	 */
	SessionFilter(ObjectProvider<PageSessions> sessions, Predicate<HttpServletRequest> isFor) {
		this.sessions = sessions;
		this.isFor = isFor;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var token = isFor.test(request) ? PageCookie.SESSION.in(request).orElse(null) : null;
		if (token != null) {
			try {
				sessions.getObject().find(token).ifPresent(caller -> authenticate(caller, request, response));
			}
			catch (DataAccessException _) {
				new Refusal("ServiceUnavailableException", "The service cannot use its database; try again")
					.attachTo(request);
				response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
				return;
			}
		}
		chain.doFilter(request, response);
	}

	private void authenticate(Caller caller, HttpServletRequest request, HttpServletResponse response) {
		var context = new SecurityContextImpl(new CallerAuthentication(caller));
		SecurityContextHolder.setContext(context);
		contexts.saveContext(context, request, response);
	}

}
