package io.profileworkflows.ui;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Workflow;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * How the page writes states, times and numbers.
 */
@Component
class Words {

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final Clock clock;

	Words(Clock clock) {
		this.clock = clock;
	}

	public String utc(Instant time) {
		return UTC.format(time);
	}

	/** As much of the distance from now as people say. */
	public String ago(Instant time) {
		var distance = Duration.between(time, clock.instant());
		if (distance.isNegative()) {
			return "in " + length(distance.negated());
		}
		return (distance.toSeconds() < 10) ? "just now" : length(distance) + " ago";
	}

	public String length(Duration time) {
		if (time.toSeconds() < 60) {
			return time.toSeconds() + " s";
		}
		if (time.toMinutes() < 60) {
			return time.toMinutes() + " min";
		}
		return (time.toHours() < 48) ? time.toHours() + " h" : time.toDays() + " days";
	}

	/** 10000 as 10,000. */
	public String number(@Nullable Long number) {
		return (number == null) ? "–" : number.toString().replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
	}

	/** So many, as one says it. */
	public String workflows(long number) {
		return (number == 1) ? "1 workflow" : number(number) + " workflows";
	}

	public String percent(double share) {
		return Math.round(share * 100) + " %";
	}

	public Mark markOf(Phase phase) {
		return Mark.of(phase);
	}

	/** NEEDS_REVIEW as Needs review. */
	public String plain(@Nullable Object constant) {
		var text = String.valueOf(constant).replace('_', ' ').toLowerCase(Locale.ROOT);
		return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
	}

	/** What most people want to know first. */
	static String of(Workflow workflow) {
		return switch (workflow.phase()) {
			case ACCEPTED -> "Accepted";
			case SUBMITTING -> "Being sent";
			case UNCONFIRMED -> "Unconfirmed";
			case NEEDS_REVIEW -> "Needs review";
			case SUBMITTED -> "Running";
			case REJECTED -> "Rejected";
			case CANCELLED -> "Cancelled";
			case DELETING -> "Being deleted";
			case DELETED -> "Deleted";
			case FINISHED -> switch (workflow.status()) {
				case COMPLETE -> "Complete";
				case FAILED -> "Failed";
				case CANCELLED -> "Ended at AWS";
				case NOT_STARTED, IN_PROGRESS, SPLIT, RETRY -> "Finished";
			};
		};
	}

}
