package io.profileworkflows.security;

/**
 * The path has a name that no domain can have. The message does not repeat it.
 */
public class MalformedName extends RuntimeException {

	MalformedName() {
		super("DomainName must be 1 to 64 characters of a-z, A-Z, 0-9, _ and -");
	}

}
