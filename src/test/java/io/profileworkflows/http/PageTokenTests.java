package io.profileworkflows.http;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

public class PageTokenTests {

	private static final int SIZE = Long.BYTES;

	private final String token = PageToken.of(place(4711), "the question");

	@Test
	void isReadBack() {
		assertThat(PageToken.read(token, SIZE, "the question")).map(ByteBuffer::getLong).hasValue(4711L);
	}

	@Test
	void isGoodForItsQuestionOnly() {
		assertThat(PageToken.read(token, SIZE, "another")).isEmpty();
		assertThat(PageToken.read(token, SIZE + 1, "the question")).isEmpty();
	}

	@Test
	void isNoTokenWithAnyBitChanged() {
		var bytes = Base64.getUrlDecoder().decode(token);
		for (var bit = 0; bit < bytes.length * 8; bit++) {
			var changed = bytes.clone();
			changed[bit / 8] ^= (byte) (1 << bit % 8);

			isNone(Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
		}
	}

	@Test
	void isNoTokenWithAnyCharacterChangedLeftOutOrAdded() {
		everyChangeOf(token, PageTokenTests::isNone);
	}

	@Test
	void isNoTokenInAnotherSpelling() {
		isNone(token + "=");
		isNone(token + "==");
		isNone(token + "\n");
		isNone(" " + token);
		isNone("");
		isNone("\u00e9".repeat(token.length()));
	}

	/** Every text that is one change away. */
	public static void everyChangeOf(String token, Consumer<String> test) {
		for (var at = 0; at < token.length(); at++) {
			var before = token.substring(0, at);
			var behind = token.substring(at + 1);
			test.accept(before + behind);
			for (var other : "AQgw019-_=%+/.".toCharArray()) {
				test.accept(before + other + token.substring(at));
				if (other != token.charAt(at)) {
					test.accept(before + other + behind);
				}
			}
		}
	}

	private static void isNone(String text) {
		assertThat(PageToken.read(text, SIZE, "the question")).as(text).isEmpty();
	}

	private static byte[] place(long number) {
		return ByteBuffer.allocate(SIZE).putLong(number).array();
	}

}
