package io.profileworkflows.integration;

import java.util.Collection;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Guesses which name a caller meant.
 */
public final class Spelling {

	private static final int LONGEST = 64;

	private Spelling() {
	}

	/**
	 * The name that differs from the given one least, in case or in at most a third of
	 * its letters, or null where none comes near.
	 */
	public static @Nullable String nearest(String given, Collection<String> names) {
		if (given.length() > LONGEST) {
			return null;
		}
		String nearest = null;
		var least = Math.max(1, given.length() / 3) + 1;
		for (var name : names) {
			var distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
			if (distance < least) {
				least = distance;
				nearest = name;
			}
		}
		return nearest;
	}

	/**
	 * How many letters must be added, dropped or replaced (Levenshtein).
	 */
	private static int distance(String left, String right) {
		var previous = new int[right.length() + 1];
		for (int column = 0; column < previous.length; column++) {
			previous[column] = column;
		}
		for (int row = 1; row <= left.length(); row++) {
			var current = new int[previous.length];
			current[0] = row;
			for (int column = 1; column < previous.length; column++) {
				var replaced = previous[column - 1] + ((left.charAt(row - 1) == right.charAt(column - 1)) ? 0 : 1);
				current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
			}
			previous = current;
		}
		return previous[right.length()];
	}

}
