package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that is made from the code. Tests compare it with the page, and show
 * what to paste when the two differ.
 */
public final class GeneratedPart {

	private static final String END = "<!-- To here -->";

	private final Path page;

	private final String begin;

	/**
	 * @param name as the comment before the part has it
	 */
	public GeneratedPart(Path page, String name) {
		this.page = page;
		this.begin = "<!-- Generated: %s -->".formatted(name);
	}

	public String inPage() {
		try {
			var text = Files.readString(page);
			var from = text.indexOf(begin);
			var to = text.indexOf(END, from);
			if (from < 0 || to < 0) {
				throw new IllegalStateException("%s has no %s … %s".formatted(page, begin, END));
			}
			return text.substring(from + begin.length(), to).strip();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	public String whatToPaste(String generated) {
		return "%s differs from the code. Paste this between %s and %s:%n%n%s%n".formatted(page, begin, END, generated);
	}

}
