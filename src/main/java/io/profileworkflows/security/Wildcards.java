package io.profileworkflows.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
		return patterns.stream().anyMatch(pattern -> expression(pattern).matcher(name).matches());
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

	private static Pattern expression(String pattern) {
		return Pattern.compile(
				Arrays.stream(pattern.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
				Pattern.DOTALL);
	}

}
