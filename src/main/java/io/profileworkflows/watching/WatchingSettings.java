package io.profileworkflows.watching;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings for callers who wait for a change or follow a stream of changes.
 *
 * @param mostWatchers how many may do so at once in this process
 * @param mostWatchersPerCaller how many of them may be one caller's, where callers have
 * to say who they are
 * @param pollInterval how often to look for changes of which nobody told
 * @param heartbeat the longest silence in a stream, so that nobody on the way takes it
 * for dead, and a caller who is gone is noticed
 * @param longestStream after which a stream ends, to be resumed with credentials that
 * still count
 */
@Validated
@ConfigurationProperties("profile-workflows.watching")
public record WatchingSettings(@PositiveOrZero int mostWatchers, @PositiveOrZero int mostWatchersPerCaller,
		@NotNull @DurationMin(millis = 10) Duration pollInterval, @NotNull @DurationMin(millis = 10) Duration heartbeat,
		@NotNull @DurationMin(millis = 10) Duration longestStream) {
}
