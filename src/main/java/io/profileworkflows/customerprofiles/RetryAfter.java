package io.profileworkflows.customerprofiles;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * How long an answer asks to wait: AWS's own header in milliseconds, or the standard one
 * in seconds or as a date, which is compared to the answer's own date rather than to our
 * clock.
 */
final class RetryAfter {

	private static final Duration LONGEST = Duration.ofHours(1);

	private RetryAfter() {
	}

	static @Nullable Duration in(@Nullable SdkHttpResponse response) {
		if (response == null) {
			return null;
		}
		try {
			return bounded(wait(response));
		}
		catch (NumberFormatException | DateTimeException _) {
			return null;
		}
	}

	private static @Nullable Duration wait(SdkHttpResponse response) {
		var milliseconds = response.firstMatchingHeader("x-amz-retry-after").orElse(null);
		if (milliseconds != null) {
			return Duration.ofMillis(Long.parseLong(milliseconds.strip()));
		}
		var retryAfter = response.firstMatchingHeader("Retry-After").map(String::strip).orElse(null);
		if (retryAfter == null) {
			return null;
		}
		if (retryAfter.chars().allMatch(Character::isDigit)) {
			return Duration.ofSeconds(Long.parseLong(retryAfter));
		}
		var now = response.firstMatchingHeader("Date").orElse(null);
		return (now != null) ? Duration.between(date(now), date(retryAfter)) : null;
	}

	private static ZonedDateTime date(String header) {
		return ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
	}

	private static @Nullable Duration bounded(@Nullable Duration wait) {
		if (wait == null || wait.isNegative()) {
			return null;
		}
		return (wait.compareTo(LONGEST) > 0) ? LONGEST : wait;
	}

}
