package io.profileworkflows.subscriptions;

/**
 * A key as somebody has configured it: 32 bytes in base64.
 */
record EncryptionKey(String value) {

	public static EncryptionKey of(String value) {
		return new EncryptionKey(value);
	}

	@Override
	public String toString() {
		return "(secret)";
	}

}
