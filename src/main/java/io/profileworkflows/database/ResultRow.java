package io.profileworkflows.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The current row of a result. The {@code find} methods return null for a missing value.
 */
public record ResultRow(ResultSet set) {

	public String text(String column) throws SQLException {
		return Objects.requireNonNull(set.getString(column), column);
	}

	public @Nullable String find(String column) throws SQLException {
		return set.getString(column);
	}

	public <T> @Nullable T find(String column, Function<String, T> reading) throws SQLException {
		var text = set.getString(column);
		return (text != null) ? reading.apply(text) : null;
	}

	public String[] texts(String column) throws SQLException {
		return (String[]) set.getArray(column).getArray();
	}

	public UUID uuid(String column) throws SQLException {
		return Objects.requireNonNull(findUuid(column), column);
	}

	public @Nullable UUID findUuid(String column) throws SQLException {
		return set.getObject(column, UUID.class);
	}

	public Instant time(String column) throws SQLException {
		return Objects.requireNonNull(findTime(column), column);
	}

	public @Nullable Instant findTime(String column) throws SQLException {
		var time = set.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	public long number(String column) throws SQLException {
		return set.getLong(column);
	}

	public @Nullable Long findNumber(String column) throws SQLException {
		var number = set.getLong(column);
		return set.wasNull() ? null : number;
	}

	public boolean isTrue(String column) throws SQLException {
		return set.getBoolean(column);
	}

}
