package io.profileworkflows.tracking;

import java.time.Duration;
import java.time.Instant;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How closely what runs at AWS is followed.
 *
 * @param slots most domains swept at once by this process
 * @param sweepInterval pause between two sweeps of a domain in which things change
 * @param idleSweepInterval the longest pause, where nothing has changed for long
 * @param freshness a workflow that was not seen for longer is looked at when somebody
 * asks for it
 * @param listLag how long AWS may take to list a new workflow
 */
@Validated
@ConfigurationProperties("profile-workflows.tracking")
record TrackingSettings(@Positive int slots, @NotNull Duration sweepInterval, @NotNull Duration idleSweepInterval,
		@NotNull Duration freshness, @NotNull Duration listLag) {

	/** One more sweep for each tenth of the time in which nothing changed. */
	private static final int PART_OF_THE_QUIET = 10;

	/**
	 * The pause until the next sweep of a domain in which something changed last at that
	 * time.
	 */
	Duration pauseAfter(Instant lastChange, Instant now) {
		var quiet = Duration.between(lastChange, now).dividedBy(PART_OF_THE_QUIET);
		if (quiet.compareTo(sweepInterval) <= 0) {
			return sweepInterval;
		}
		return (quiet.compareTo(idleSweepInterval) < 0) ? quiet : idleSweepInterval;
	}

}
