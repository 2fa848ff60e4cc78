package io.profileworkflows;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalizedFormatsTests {

	@Test
	void areFoundHoweverTheTextIsPutTogether() {
		assertThat(LocalizedFormats.in(new ClassFileImporter().importClass(Localized.class)))
			.extracting(found -> found.replaceAll(".*\\.(\\w+): (?s).*", "$1"))
			.containsExactlyInAnyOrder("number", "padded", "concatenated", "time", "numbered");
	}

	@Test
	void areNoneWhereTextAloneIsFormatted() {
		assertThat(LocalizedFormats.in(new ClassFileImporter().importClass(Plain.class))).isEmpty();
	}

	static class Localized {

		String number() {
			return "limit %d".formatted(1);
		}

		String padded() {
			return "%02d of %s".formatted(1, "a");
		}

		String concatenated(String text) {
			return ("limit %d" + text).formatted(1);
		}

		String time() {
			return "%tY".formatted(java.time.LocalDate.EPOCH);
		}

		String numbered() {
			return "%1$d and %1$d".formatted(1);
		}

	}

	static class Plain {

		String text() {
			return "limit %s, %1$s, 100%%, %%d%n".formatted(1);
		}

		String other() {
			return "limit %d";
		}

	}

}
