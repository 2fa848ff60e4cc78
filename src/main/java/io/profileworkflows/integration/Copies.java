package io.profileworkflows.integration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Unmodifiable copies that keep order and, unlike those of {@link List}, tolerate the
 * nulls of a document that is not checked yet.
 */
final class Copies {

	private Copies() {
	}

	static <E> @Nullable List<E> of(@Nullable List<E> list) {
		return (list != null) ? ofRequired(list) : null;
	}

	@SuppressWarnings("NullAway")
	static <E> List<E> ofRequired(List<E> list) {
		return (list != null) ? Collections.unmodifiableList(new ArrayList<>(list)) : null;
	}

	static <K, V> @Nullable Map<K, V> of(@Nullable Map<K, V> map) {
		return (map != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(map)) : null;
	}

}
