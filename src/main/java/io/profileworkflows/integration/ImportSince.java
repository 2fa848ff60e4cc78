package io.profileworkflows.integration;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The time from which past records are imported, in batches that the service computes:
 * without gap or overlap, up to the time of the request. No batch is longer than two
 * months, as in Customer Profiles' own console. Months are those of UTC, where all days
 * have the same length.
 *
 * @param since the beginning of the first batch
 * @param until the end of the last batch
 */
public record ImportSince(Instant since, Instant until) {

	/** What would be right instead of a text that is no such time. */
	public static final String EXPECTED = "must be a time in the past, as 2024-01-01, 2024-01-01T00:00:00Z or in seconds "
			+ "since 1970, with at most milliseconds";

	private static final int MONTHS = 2;

	public ImportSince {
		until = until.truncatedTo(ChronoUnit.SECONDS);
		if (!since.isBefore(until)) {
			throw new IllegalArgumentException("A history begins before it ends");
		}
	}

	/**
	 * Reads a time in any of the forms that documents may have.
	 * @return nothing when it is no time before now
	 */
	public static Optional<ImportSince> parse(String text, Instant now) {
		try {
			// the plus of an offset arrives as a blank from a caller who does not encode
			// it
			var since = Timestamps.read(text.replaceFirst(" ([0-9:]+)$", "+$1"));
			var until = now.truncatedTo(ChronoUnit.SECONDS);
			var isExact = since.equals(since.truncatedTo(ChronoUnit.MILLIS));
			return (isExact && since.isBefore(until)) ? Optional.of(new ImportSince(since, until)) : Optional.empty();
		}
		catch (Timestamps.NotATime _) {
			return Optional.empty();
		}
	}

	/** The batches, the oldest first. */
	public List<Batch> batches() {
		var batches = new ArrayList<Batch>();
		for (var start = since; start.isBefore(until);) {
			var end = start.atOffset(ZoneOffset.UTC).plusMonths(MONTHS).toInstant();
			batches.add(new Batch(start, end.isBefore(until) ? end : until));
			start = end;
		}
		return batches;
	}

	/**
	 * Whether the batches of a request were computed here. They end at the second of the
	 * request, so a caller's own are never equal to them by chance.
	 */
	public boolean hasFilled(CreateIntegrationWorkflow request) {
		return batches().equals(request.integrationConfig().appflowIntegration().batches());
	}

	/**
	 * What a caller asked for, without what the moment has made of it: asked again, it is
	 * the same.
	 * @param written the request without batches
	 */
	byte[] asked(String written) {
		return "%s since %s".formatted(written, since).getBytes(StandardCharsets.UTF_8);
	}

}
