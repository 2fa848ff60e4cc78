package io.profileworkflows.customerprofiles;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Marks each failure to get the service's own credentials as such.
 */
public final class OwnCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

	private final AwsCredentialsProvider source;

	private OwnCredentials(AwsCredentialsProvider source) {
		this.source = source;
	}

	public static OwnCredentials of(AwsCredentialsProvider source) {
		return (source instanceof OwnCredentials marked) ? marked : new OwnCredentials(source);
	}

	@Override
	public AwsCredentials resolveCredentials() {
		try {
			return source.resolveCredentials();
		}
		catch (RuntimeException failure) {
			throw new CredentialsUnavailable(failure);
		}
	}

	@Override
	public void close() {
		if (source instanceof SdkAutoCloseable closeable) {
			closeable.close();
		}
	}

}
