package io.profileworkflows.subscriptions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Encrypts what must not be read in the database, nor in a copy of it. The first key
 * encrypts and each can decrypt, so that keys can be replaced while the service runs.
 * What is encrypted for one subscription is of no use for another.
 */
@Component
class KeyRing {

	private static final String CIPHER = "AES/GCM/NoPadding";

	private static final int KEY_BYTES = 32;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private static final int NAME_BYTES = 4;

	private final SecureRandom random = new SecureRandom();

	private final Map<String, SecretKey> keys = new LinkedHashMap<>();

	private final String current;

	@Autowired
	KeyRing(EventsSettings settings) {
		this(settings.encryptionKeys());
	}

	KeyRing(List<EncryptionKey> configured) {
		for (int number = 0; number < configured.size(); number++) {
			var key = bytes(configured.get(number), number);
			keys.put(nameOf(key), new SecretKeySpec(key, "AES"));
		}
		this.current = keys.keySet().stream().findFirst().orElse("");
	}

	private static byte[] bytes(EncryptionKey configured, int number) {
		try {
			var key = Base64.getDecoder().decode(configured.value().strip());
			if (key.length == KEY_BYTES) {
				return key;
			}
		}
		catch (IllegalArgumentException _) {
			// said below, like a key of another length
		}
		throw new IllegalStateException(
				"profile-workflows.events.encryption-keys[%s] must be 32 bytes in base64, as from: openssl rand -base64 32"
					.formatted(number));
	}

	private static String nameOf(byte[] key) {
		try {
			var digest = MessageDigest.getInstance("SHA-256");
			digest.update("name of a key".getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest.digest(key), 0, NAME_BYTES);
		}
		catch (GeneralSecurityException failure) {
			throw new IllegalStateException(failure);
		}
	}

	boolean isEmpty() {
		return keys.isEmpty();
	}

	/** The name of the key that encrypts, empty where there is none. */
	String current() {
		return current;
	}

	Sealed seal(UUID subscription, String secret) {
		if (keys.isEmpty()) {
			throw new IllegalStateException("There is no key to encrypt with");
		}
		var nonce = new byte[NONCE_BYTES];
		random.nextBytes(nonce);
		var text = crypt(Cipher.ENCRYPT_MODE, current, nonce, subscription, secret.getBytes(StandardCharsets.UTF_8));
		return new Sealed(current, ByteBuffer.allocate(nonce.length + text.length).put(nonce).put(text).array());
	}

	/**
	 * @throws KeyMissing when none of the keys has encrypted it
	 */
	String open(UUID subscription, Sealed sealed) {
		if (!keys.containsKey(sealed.key())) {
			throw new KeyMissing(sealed.key());
		}
		var nonce = Arrays.copyOf(sealed.bytes(), NONCE_BYTES);
		var text = Arrays.copyOfRange(sealed.bytes(), NONCE_BYTES, sealed.bytes().length);
		return new String(crypt(Cipher.DECRYPT_MODE, sealed.key(), nonce, subscription, text), StandardCharsets.UTF_8);
	}

	private byte[] crypt(int mode, String key, byte[] nonce, UUID subscription, byte[] text) {
		try {
			var cipher = Cipher.getInstance(CIPHER);
			cipher.init(mode, keys.get(key), new GCMParameterSpec(TAG_BITS, nonce));
			cipher.updateAAD(subscription.toString().getBytes(StandardCharsets.UTF_8));
			return cipher.doFinal(text);
		}
		catch (GeneralSecurityException failure) {
			throw new IllegalStateException("The secret of subscription %s cannot be %s".formatted(subscription,
					(mode == Cipher.DECRYPT_MODE) ? "decrypted" : "encrypted"), failure);
		}
	}

	/**
	 * What was encrypted.
	 *
	 * @param key the name of the key
	 */
	record Sealed(String key, byte[] bytes) {
	}

	/** A key was taken away too early. */
	static class KeyMissing extends RuntimeException {

		KeyMissing(String key) {
			super("The key %s that has encrypted the secret is not among profile-workflows.events.encryption-keys"
				.formatted(key));
		}

	}

}
