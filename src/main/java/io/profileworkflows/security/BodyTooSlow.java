package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;

/**
 * The body of a request did not arrive in the time that it has.
 */
public class BodyTooSlow extends IOException {

	/** AWS's name for it. */
	public static final String ERROR_TYPE = "RequestTimeoutException";

	BodyTooSlow(Duration time) {
		super("The body did not arrive within %s ms".formatted(time.toMillis()));
	}

	public String said() {
		return String.valueOf(getMessage());
	}

}
