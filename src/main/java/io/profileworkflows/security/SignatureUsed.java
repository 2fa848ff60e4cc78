package io.profileworkflows.security;

/**
 * A changing request has a signature that an earlier request had.
 */
public class SignatureUsed extends RuntimeException {

	/** AWS's name for a signature that is not good. */
	public static final String ERROR_TYPE = "InvalidSignatureException";

	SignatureUsed() {
		super("The signature was used already, and is good once for a change: sign the request again");
	}

}
