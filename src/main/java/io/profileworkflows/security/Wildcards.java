package io.profileworkflows.security;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Name patterns in which {@code *} stands for any characters, or none.
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

	/** Whether there can be a name that is among these and among the others. */
	public boolean overlap(Wildcards others) {
		return patterns.stream().anyMatch(one -> others.patterns.stream().anyMatch(other -> overlap(one, other)));
	}

	Wildcards and(Wildcards others) {
		return Wildcards.of(Stream.concat(patterns.stream(), others.patterns.stream()).toList());
	}

	/**
	 * Compares each end of the one with each end of the other, the shorter ones first: so
	 * many stars cost no more than few.
	 */
	private static boolean overlap(String one, String other) {
		// so that the ends are like other characters
		var here = one + '\0';
		var there = other + '\0';
		var overlaps = new boolean[here.length() + 1][there.length() + 1];
		overlaps[here.length()][there.length()] = true;
		for (int from = here.length() - 1; from >= 0; from--) {
			for (int to = there.length() - 1; to >= 0; to--) {
				overlaps[from][to] = (here.charAt(from) == '*' || there.charAt(to) == '*')
						? overlaps[from + 1][to] || overlaps[from][to + 1]
						: here.charAt(from) == there.charAt(to) && overlaps[from + 1][to + 1];
			}
		}
		return overlaps[0][0];
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
