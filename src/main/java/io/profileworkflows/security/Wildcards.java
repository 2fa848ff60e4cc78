package io.profileworkflows.security;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Names, given as patterns in which {@code *} stands for any characters, or none.
 */
public record Wildcards(Set<String> patterns) {

	public static final Wildcards EVERYTHING = Wildcards.of("*");

	public static final Wildcards NOTHING = Wildcards.of();

	public Wildcards {
		patterns = Set.copyOf(patterns);
	}

	public static Wildcards of(String... patterns) {
		return new Wildcards(Set.of(patterns));
	}

	static Wildcards of(Collection<String> patterns) {
		return new Wildcards(new TreeSet<>(patterns));
	}

	public boolean include(String name) {
		return patterns.stream().anyMatch(pattern -> fits(pattern, name));
	}

	public boolean includeEverything() {
		return patterns.contains("*");
	}

	public boolean isEmpty() {
		return patterns.isEmpty();
	}

	Wildcards and(Wildcards others) {
		return Wildcards.of(Stream.concat(patterns.stream(), others.patterns.stream()).toList());
	}

	/**
	 * Takes each piece between stars where it comes first, which leaves the most to the
	 * pieces behind it. So no part of the name is looked at twice for the same piece.
	 */
	private static boolean fits(String pattern, String name) {
		var first = pattern.indexOf('*');
		if (first < 0) {
			return pattern.equals(name);
		}
		var last = pattern.lastIndexOf('*');
		var end = name.length() - (pattern.length() - last - 1);
		if (end < first || !name.startsWith(pattern.substring(0, first))
				|| !name.endsWith(pattern.substring(last + 1))) {
			return false;
		}
		var from = first;
		for (var piece : pattern.substring(first, last).split("\\*+")) {
			var at = name.indexOf(piece, from, end);
			if (at < 0) {
				return false;
			}
			from = at + piece.length();
		}
		return true;
	}

}
