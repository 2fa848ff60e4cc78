package io.profileworkflows.subscriptions;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@OnTheSide
class KeyRingTests {

	private static final UUID ID = UUID.randomUUID();

	private final String first = key('1');

	private final String second = key('2');

	@Test
	void readsWhatAnyOfItsKeysHasEncrypted() {
		var before = ring(first);
		var during = ring(second, first);
		var after = ring(second);
		var sealed = before.seal(ID, "whsec_abc");

		assertThat(during.open(ID, sealed)).isEqualTo("whsec_abc");
		var anew = during.seal(ID, during.open(ID, sealed));

		assertThat(after.open(ID, anew)).isEqualTo("whsec_abc");
		assertThatExceptionOfType(KeyRing.KeyMissing.class).isThrownBy(() -> after.open(ID, sealed))
			.withMessageContaining(before.current());
	}

	@Test
	void neverEncryptsTheSameTwice() {
		var ring = ring(first);

		assertThat(ring.seal(ID, "whsec_abc").bytes()).isNotEqualTo(ring.seal(ID, "whsec_abc").bytes());
		assertThat(new String(ring.seal(ID, "whsec_abc").bytes())).doesNotContain("abc");
	}

	@Test
	void refusesWhatWasChangedOrIsOfAnother() {
		var ring = ring(first);
		var sealed = ring.seal(ID, "whsec_abc");
		var changed = sealed.bytes().clone();
		changed[changed.length - 1] ^= 1;

		assertThatIllegalStateException().isThrownBy(() -> ring.open(ID, new KeyRing.Sealed(sealed.key(), changed)));
		assertThatIllegalStateException().isThrownBy(() -> ring.open(UUID.randomUUID(), sealed));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "short", "not base64!", "MDEyMzQ1Njc4OWFiY2RlZg==" })
	void refusesWhatIsNoKeyWithoutShowingIt(String key) {
		assertThatIllegalStateException().isThrownBy(() -> ring(first, key))
			.withMessageContaining("encryption-keys[1]")
			.satisfies(refused -> assertThat(key.isEmpty() || !refused.getMessage().contains(key)).isTrue());
	}

	@Test
	void isEmptyWithoutKeys() {
		assertThat(ring().isEmpty()).isTrue();
		assertThat(EncryptionKey.of(first)).hasToString("(secret)");
	}

	private static KeyRing ring(String... keys) {
		return new KeyRing(Stream.of(keys).map(EncryptionKey::of).toList());
	}

	private static String key(char content) {
		var bytes = new byte[32];
		Arrays.fill(bytes, (byte) content);
		return Base64.getEncoder().encodeToString(bytes);
	}

	static List<EncryptionKey> keys(char... contents) {
		return new String(contents).chars().mapToObj(content -> EncryptionKey.of(key((char) content))).toList();
	}

}
