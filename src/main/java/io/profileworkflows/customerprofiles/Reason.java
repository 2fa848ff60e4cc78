package io.profileworkflows.customerprofiles;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Why something did not work, fit for AWS's own {@code ErrorDescription}: one line of 1
 * to 255 characters.
 */
final class Reason {

	private static final int LONGEST = 255;

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");

	private Reason() {
	}

	static String of(@Nullable String text, String otherwise) {
		var line = (text != null) ? CONTROL.matcher(text).replaceAll(" ").strip() : "";
		if (line.isEmpty()) {
			return otherwise;
		}
		if (line.length() <= LONGEST) {
			return line;
		}
		return line.substring(0, Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
	}

}
