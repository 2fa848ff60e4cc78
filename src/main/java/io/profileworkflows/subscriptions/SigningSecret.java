package io.profileworkflows.subscriptions;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs deliveries by the scheme of Standard Webhooks: HMAC-SHA256 of id, time and body.
 *
 * @param value the key in base64, behind {@code whsec_}
 */
record SigningSecret(String value) {

	private static final String PREFIX = "whsec_";

	private static final int BYTES = 32;

	private static final String ALGORITHM = "HmacSHA256";

	private static final SecureRandom RANDOM = new SecureRandom();

	static SigningSecret next() {
		var key = new byte[BYTES];
		RANDOM.nextBytes(key);
		return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(key));
	}

	/**
	 * @param timestamp seconds since 1970
	 * @return one signature as it is in {@code webhook-signature}
	 */
	String sign(String id, long timestamp, byte[] body) {
		try {
			var mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(value.substring(PREFIX.length())), ALGORITHM));
			mac.update("%s.%s.".formatted(id, timestamp).getBytes(StandardCharsets.UTF_8));
			return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
		}
		catch (GeneralSecurityException failure) {
			throw new IllegalStateException(failure);
		}
	}

	@Override
	public String toString() {
		return "(secret)";
	}

}
