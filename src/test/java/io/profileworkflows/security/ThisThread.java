package io.profileworkflows.security;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Lets a test call what answers requests without the filters before it.
 */
public final class ThisThread {

	private ThisThread() {
	}

	/** From now on it answers a caller who may do everything. */
	public static void answersAnybody() {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(Caller.ANYBODY, null));
	}

	public static void answersNobody() {
		SecurityContextHolder.clearContext();
	}

}
