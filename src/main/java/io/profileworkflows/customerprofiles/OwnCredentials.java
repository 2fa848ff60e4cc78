package io.profileworkflows.customerprofiles;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Marks every failure to get our own credentials as such.
 */
class OwnCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

	private final AwsCredentialsProvider source;

	OwnCredentials(AwsCredentialsProvider source) {
		this.source = source;
	}

	@Override
	public AwsCredentials resolveCredentials() {
		try {
			return source.resolveCredentials();
		}
		catch (RuntimeException unavailable) {
			throw new CredentialsUnavailable(unavailable);
		}
	}

	@Override
	public void close() {
		if (source instanceof SdkAutoCloseable closeable) {
			closeable.close();
		}
	}

}
