package io.profileworkflows.search;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SoughtTagTests {

	@Test
	void isReadInEachWayThatItsColonsAllow() {
		assertThat(SoughtTag.readingsOf("a:b:c")).containsExactly(new SoughtTag("a", "b:c"), new SoughtTag("a:b", "c"));
		assertThat(SoughtTag.readingsOf(":a:")).containsExactly(new SoughtTag(":a", ""));
		assertThat(SoughtTag.readingsOf("a")).isEmpty();
		assertThat(SoughtTag.readingsOf(":a")).isEmpty();
		assertThat(SoughtTag.readingsOf("")).isEmpty();
	}

	@Test
	void isNoLongerThanATagCanBe() {
		var longest = "k".repeat(128) + ":" + "v".repeat(256);

		assertThat(SoughtTag.readingsOf(longest)).containsExactly(new SoughtTag("k".repeat(128), "v".repeat(256)));
		assertThat(SoughtTag.readingsOf("k" + longest)).isEmpty();
		assertThat(SoughtTag.readingsOf(longest + "v")).isEmpty();
		assertThat(SoughtTag.readingsOf(":".repeat(385))).hasSize(1);
		assertThat(SoughtTag.readingsOf(":".repeat(16_000))).isEmpty();
		assertThat(SoughtTag.readingsOf(":".repeat(200))).as("however many colons").hasSize(128);
	}

}
