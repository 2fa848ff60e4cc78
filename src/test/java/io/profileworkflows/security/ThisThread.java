package io.profileworkflows.security;

import java.util.Optional;
import java.util.function.BooleanSupplier;

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

	/** The same, until they may nothing any more. */
	public static void answersAnybodyAsLongAs(BooleanSupplier isKnown) {
		var caller = Caller.withToken("anna", Grants.EVERYTHING)
			.asLongAs(() -> isKnown.getAsBoolean() ? Optional.of(Grants.EVERYTHING) : Optional.empty());
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(caller, null));
	}

	public static void answersNobody() {
		SecurityContextHolder.clearContext();
	}

}
