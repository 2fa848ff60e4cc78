package io.profileworkflows.security;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A caller who has proved who they are.
 */
class CallerAuthentication extends AbstractAuthenticationToken {

	private final transient Caller caller;

	private final transient @Nullable Signed signed;

	CallerAuthentication(Caller caller) {
		this(caller, null);
	}

	/**
	 * @param signed null when the caller has a token
	 */
	CallerAuthentication(Caller caller, @Nullable Signed signed) {
		super(List.of());
		this.caller = caller;
		this.signed = signed;
		setAuthenticated(true);
	}

	/** How the request was signed, if it was. */
	@Nullable Signed signed() {
		return signed;
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Caller getPrincipal() {
		return caller;
	}

	@Override
	public String getName() {
		return caller.name();
	}

	/**
	 * A signature that was checked.
	 *
	 * @param digest of the signature and the id of its key, in hex digits
	 */
	record Signed(String digest, Instant time) {
	}

}
