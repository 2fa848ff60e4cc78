package io.profileworkflows.database;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Makes one parameter of one value each of many things. {@code unnest} turns it into
 * rows.
 */
public final class Columns {

	private Columns() {
	}

	/** As text, which the statement casts where it is something else. */
	public static <T> @Nullable String[] texts(Collection<T> things, Function<T, ? extends @Nullable Object> value) {
		return things.stream().map(value).map(cell -> (cell != null) ? cell.toString() : null).toArray(String[]::new);
	}

	public static <T> @Nullable Integer[] numbers(Collection<T> things, Function<T, @Nullable Integer> value) {
		return things.stream().map(value).toArray(Integer[]::new);
	}

	public static <T> Long[] longs(Collection<T> things, Function<T, Long> value) {
		return things.stream().map(value).toArray(Long[]::new);
	}

	/** A list as the text of an array of PostgreSQL. */
	public static String array(Collection<String> elements) {
		return elements.stream()
			.map(element -> '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
			.collect(Collectors.joining(",", "{", "}"));
	}

	/** @see #array(Collection) */
	public static String array(String... elements) {
		return array(Stream.of(elements).toList());
	}

}
