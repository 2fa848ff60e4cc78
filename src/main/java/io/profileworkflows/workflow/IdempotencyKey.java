package io.profileworkflows.workflow;

import java.util.HexFormat;

/**
 * The name that a caller gives to a request, so that it may be sent again.
 */
public record IdempotencyKey(String value) {

	/** Longest key that a caller may choose, in characters. */
	public static final int LONGEST = 255;

	/** A key that the caller chose. */
	public static IdempotencyKey chosen(String value) {
		return new IdempotencyKey("key:" + value);
	}

	/** The id that AWS's SDKs keep across their own retries of one call. */
	public static IdempotencyKey ofInvocation(String invocationId) {
		return new IdempotencyKey("sdk:" + invocationId);
	}

	/**
	 * The signature of a request without a key: sent again, it makes nothing new.
	 */
	public static IdempotencyKey ofSignature(String signature) {
		return new IdempotencyKey("signature:" + signature);
	}

	/**
	 * Names one of many requests that were sent together under this key, by what it asks
	 * for: its place among them may be another when they are sent again.
	 * @param digest of what it asks for
	 */
	IdempotencyKey ofItem(byte[] digest) {
		return new IdempotencyKey("%s item:%s".formatted(value, HexFormat.of().formatHex(digest)));
	}

	/** The same of a caller whose name somebody with a token may have, too. */
	public IdempotencyKey ofSigningCaller() {
		return new IdempotencyKey("signed:" + value);
	}

}
