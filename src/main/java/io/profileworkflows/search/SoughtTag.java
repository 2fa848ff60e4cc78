package io.profileworkflows.search;

import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.integration.TagKey;
import io.profileworkflows.integration.TagValue;

/**
 * A tag that is searched for.
 */
public record SoughtTag(String key, String value) {

	/**
	 * What key:value may mean: a key may have colons, so that any of them may be the one
	 * in between, as long as there can be such a tag.
	 */
	public static List<SoughtTag> readingsOf(String text) {
		return IntStream.rangeClosed(1, Math.min(TagKey.LONGEST, text.length() - 1))
			.filter(place -> text.charAt(place) == ':' && text.length() - place - 1 <= TagValue.LONGEST)
			.mapToObj(place -> new SoughtTag(text.substring(0, place), text.substring(place + 1)))
			.toList();
	}

}
