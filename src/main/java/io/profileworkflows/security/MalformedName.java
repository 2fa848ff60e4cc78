package io.profileworkflows.security;

/**
 * The path names a domain in a way in which no domain is named. The message does not
 * repeat the name.
 */
public class MalformedName extends RuntimeException {

	MalformedName() {
		super("DomainName must be 1 to 64 characters of a-z, A-Z, 0-9, _ and -");
	}

}
