package io.profileworkflows.customerprofiles;

/**
 * We could not get credentials of our own, so nothing was signed or sent. Without this
 * mark, an answer of STS would look like one of Customer Profiles.
 */
public class CredentialsUnavailable extends RuntimeException {

	CredentialsUnavailable(Throwable cause) {
		super("No credentials for AWS: " + cause.getMessage(), cause);
	}

}
