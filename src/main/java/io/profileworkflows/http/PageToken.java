package io.profileworkflows.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The token of a place in a list. It has a checksum of the place and of the query, so
 * that a changed token, or one of another query, is refused.
 */
public final class PageToken {

	private static final int CHECKSUM = 8;

	private PageToken() {
	}

	/**
	 * Writes a place.
	 * @param question what the list answers, in full
	 */
	public static String of(byte[] place, String question) {
		var bytes = ByteBuffer.allocate(place.length + CHECKSUM).put(place).put(checksum(place, question)).array();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Reads a place back.
	 * @param size of each place in this list, in bytes
	 * @return nothing when {@link #of} makes no such token of any place for this question
	 */
	public static Optional<ByteBuffer> read(String token, int size, String question) {
		try {
			var bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
			if (bytes.length != size + CHECKSUM) {
				return Optional.empty();
			}
			var place = Arrays.copyOf(bytes, size);
			// also compares what a decoder forgives, such as padding
			return of(place, question).equals(token) ? Optional.of(ByteBuffer.wrap(place)) : Optional.empty();
		}
		catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

	private static byte[] checksum(byte[] place, String question) {
		try {
			var digest = MessageDigest.getInstance("SHA-256");
			digest.update(place);
			return Arrays.copyOf(digest.digest(question.getBytes(StandardCharsets.UTF_8)), CHECKSUM);
		}
		catch (NoSuchAlgorithmException failure) {
			throw new IllegalStateException(failure);
		}
	}

}
