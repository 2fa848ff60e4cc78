package io.profileworkflows.customerprofiles;

/**
 * The service got no credentials of its own, so it signed and sent nothing. Without this
 * mark, an answer of STS would look like one of Customer Profiles.
 */
public class CredentialsUnavailable extends RuntimeException {

	CredentialsUnavailable(Throwable cause) {
		super("No credentials for AWS: " + cause.getMessage(), cause);
	}

}
