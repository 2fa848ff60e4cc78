package io.profileworkflows.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * AWS's paging: {@code max-results} from 1 to 100, and an opaque {@code next-token}.
 */
public record Paging(int maxResults, @Nullable String nextToken) {

	public static final int MOST = 100;

	public static final int LONGEST_TOKEN = 1024;

	public static Paging of(@Nullable String maxResults, @Nullable String nextToken) {
		if (nextToken != null && (nextToken.isEmpty() || nextToken.length() > LONGEST_TOKEN)) {
			throw invalidToken();
		}
		return new Paging(number(maxResults), nextToken);
	}

	/**
	 * The place in a numbered list where this page begins.
	 * @param list names it among all that there are
	 */
	public long offset(String list) {
		return (nextToken == null) ? 0
				: PageToken.read(nextToken, Long.BYTES, list)
					.map(ByteBuffer::getLong)
					.filter(place -> place > 0)
					.orElseThrow(Paging::invalidToken);
	}

	/** The same in a list that shows the greatest number first. */
	public long offsetBelow(String list) {
		return (nextToken == null) ? Long.MAX_VALUE : offset(list);
	}

	/** The token of a place in a numbered list. */
	private static String token(String list, long place) {
		return PageToken.of(ByteBuffer.allocate(Long.BYTES).putLong(place).array(), list);
	}

	/**
	 * Cuts what was read for this page, one more than fits, to its size.
	 */
	public <T> List<T> page(List<T> oneMore) {
		return oneMore.subList(0, Math.min(oneMore.size(), maxResults));
	}

	/**
	 * The token of the next page, if there is one.
	 * @param oneMore what was read for this page, one more than fits
	 * @param place of the last one on this page
	 */
	public <T> @Nullable String next(String list, List<T> oneMore, ToLongFunction<T> place) {
		return (oneMore.size() > maxResults) ? token(list, place.applyAsLong(oneMore.get(maxResults - 1))) : null;
	}

	public static BadParameter invalidToken() {
		return new BadParameter("next-token", "must be the NextToken of an earlier answer to the same question");
	}

	private static int number(@Nullable String maxResults) {
		if (maxResults == null) {
			return MOST;
		}
		try {
			int number = Integer.parseInt(maxResults);
			if (number >= 1 && number <= MOST) {
				return number;
			}
		}
		catch (NumberFormatException _) {
			// said below, like a number that is out of range
		}
		throw new BadParameter("max-results", "must be a number from 1 to " + MOST);
	}

}
