package io.profileworkflows.search;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.profileworkflows.http.PageToken;

/**
 * A place in a search that stays valid while workflows come and go: the last workflow
 * that was shown. Its token is valid for the same search only.
 *
 * @param at the time by which the search is ordered
 */
public record Cursor(Instant at, UUID id) {

	private static final int SIZE = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

	/** No workflow was asked for before, and the database knows no time much later. */
	private static final Instant EARLIEST = Instant.EPOCH;

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

	/**
	 * Writes the cursor as an opaque token.
	 */
	public String toToken(WorkflowQuery query) {
		return PageToken.of(ByteBuffer.allocate(SIZE)
			.putLong(at.getEpochSecond())
			.putInt(at.getNano())
			.putLong(id.getMostSignificantBits())
			.putLong(id.getLeastSignificantBits())
			.array(), query.question());
	}

	/**
	 * Reads a token back.
	 * @return nothing when it is no token, or one of another search
	 */
	public static Optional<Cursor> fromToken(String token, WorkflowQuery query) {
		return PageToken.read(token, SIZE, query.question()).flatMap(Cursor::of);
	}

	static Optional<Cursor> of(ByteBuffer place) {
		try {
			var cursor = new Cursor(Instant.ofEpochSecond(place.getLong(), place.getInt()),
					new UUID(place.getLong(), place.getLong()));
			return (cursor.at.isBefore(EARLIEST) || cursor.at.isAfter(LATEST)) ? Optional.empty() : Optional.of(cursor);
		}
		catch (DateTimeException _) {
			return Optional.empty();
		}
	}

}
