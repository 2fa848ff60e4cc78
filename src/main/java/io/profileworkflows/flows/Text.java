package io.profileworkflows.flows;

import java.util.regex.Pattern;

import io.profileworkflows.workflow.StateInWords;
import org.jspecify.annotations.Nullable;

/**
 * What AppFlow says in its own words, on one line and not too long.
 */
final class Text {

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");

	private Text() {
	}

	static @Nullable String line(@Nullable String text) {
		if (text == null) {
			return null;
		}
		var line = CONTROL.matcher(text).replaceAll(" ").strip();
		return line.isEmpty() ? null : StateInWords.cut(line);
	}

	/** A sentence, and AppFlow's own words after it where there are any. */
	static String with(String sentence, @Nullable String words) {
		return (words != null) ? sentence + ": " + words : sentence;
	}

}
