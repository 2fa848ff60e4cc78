package io.profileworkflows.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a search, stable while workflows come and go: the last one that was shown. A
 * token of it is good for the same search only.
 *
 * @param at the time by which the search is ordered
 */
public record Cursor(Instant at, UUID id) {

	private static final int SIZE = Long.BYTES + Integer.BYTES + 2 * Long.BYTES + Integer.BYTES;

	/**
	 * Writes the cursor as an opaque token.
	 */
	public String toToken(WorkflowQuery query) {
		var bytes = ByteBuffer.allocate(SIZE)
			.putLong(at.getEpochSecond())
			.putInt(at.getNano())
			.putLong(id.getMostSignificantBits())
			.putLong(id.getLeastSignificantBits())
			.putInt(fingerprint(query))
			.array();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Reads a token back.
	 * @return nothing when it is no token, or one of another search
	 */
	public static Optional<Cursor> fromToken(String token, WorkflowQuery query) {
		try {
			var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8)));
			if (bytes.remaining() != SIZE) {
				return Optional.empty();
			}
			var at = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
			var cursor = new Cursor(at, new UUID(bytes.getLong(), bytes.getLong()));
			return (bytes.getInt() == fingerprint(query)) ? Optional.of(cursor) : Optional.empty();
		}
		catch (IllegalArgumentException | java.time.DateTimeException notOurs) {
			return Optional.empty();
		}
	}

	// names instead of enum hash codes, which differ from one process to the next
	private static int fingerprint(WorkflowQuery query) {
		return Objects.hash(query.domainNames(), names(query.statuses()), names(query.phases()), query.tags(),
				query.flowNamePrefix(), query.connectorTypes(), query.requestedBy(), query.createdFrom(),
				query.createdTo(), query.updatedFrom(), query.updatedTo(), query.order().name(), query.ascending());
	}

	private static int names(java.util.Set<? extends Enum<?>> values) {
		return values.stream().mapToInt(value -> value.name().hashCode()).sum();
	}

}
