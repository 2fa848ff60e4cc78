package io.profileworkflows.watching.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header with which a caller says how it would like to be answered (RFC 7240). A
 * preference is never an error: what is not understood counts as not said.
 */
final class Prefer {

	static final String HEADER = "Prefer";

	static final String APPLIED = "Preference-Applied";

	/** Less than the minute after which much on the way gives a silent connection up. */
	static final Duration LONGEST_WAIT = Duration.ofSeconds(50);

	private static final Pattern PREFERENCE = Pattern.compile("(?:[^,\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\"?)++");

	private static final Pattern WAIT = Pattern
		.compile("\\s*+wait\\s*+=\\s*+(?:(\\d{1,18})|\"(\\d{1,18})\")\\s*+(?:;.*)?", Pattern.CASE_INSENSITIVE);

	private static final Pattern ANY_WAIT = Pattern.compile("\\s*+wait\\s*+(?:[=;].*)?", Pattern.CASE_INSENSITIVE);

	private Prefer() {
	}

	/**
	 * How long a caller would wait for a change: at most {@link #LONGEST_WAIT}, whatever
	 * it says. Where it says so more than once the first counts.
	 * @param headers each line of them
	 */
	static Optional<Duration> waitIn(List<String> headers) {
		return headers.stream()
			.flatMap(header -> PREFERENCE.matcher(header).results().map(found -> found.group()))
			.filter(preference -> ANY_WAIT.matcher(preference).matches())
			.findFirst()
			.map(WAIT::matcher)
			.filter(Matcher::matches)
			.map(wait -> (wait.group(1) != null) ? wait.group(1) : wait.group(2))
			.map(seconds -> Math.min(Long.parseLong(seconds), LONGEST_WAIT.toSeconds()))
			.map(Duration::ofSeconds);
	}

}
