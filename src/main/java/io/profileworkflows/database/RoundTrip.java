package io.profileworkflows.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.util.ConcurrentLruCache;

/**
 * Statements that the driver sends together, in the caller's transaction. PostgreSQL runs
 * them one after another, and each sees what the earlier ones did, and what others
 * committed while these waited for locks. So code may lock rows and read what they
 * protect in the same trip.
 */
public final class RoundTrip {

	private static final int MOST_PARSED = 200;

	private static final ConcurrentLruCache<String, ParsedSql> PARSED = new ConcurrentLruCache<>(MOST_PARSED,
			NamedParameterUtils::parseSqlStatement);

	private final List<Part<?>> parts = new ArrayList<>();

	private final List<Runnable> afterwards = new ArrayList<>();

	private final JdbcOperations jdbc;

	public RoundTrip(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/** Adds a statement that returns no rows. */
	public void update(String sql, SqlParameterSource parameters) {
		parts.add(new Part<>(sql, parameters, null, new ArrayList<>()));
	}

	/**
	 * Adds a statement that returns rows.
	 * @return has them once the trip is made
	 */
	public <T> Supplier<List<T>> query(String sql, SqlParameterSource parameters, RowMapper<T> mapper) {
		var rows = new ArrayList<T>();
		parts.add(new Part<>(sql, parameters, mapper, rows));
		return () -> rows;
	}

	/** Adds what is done once the trip is made, in the same transaction. */
	public void afterwards(Runnable action) {
		afterwards.add(action);
	}

	/** Makes the trip, once. */
	public void make() {
		if (!parts.isEmpty()) {
			send();
		}
		afterwards.forEach(Runnable::run);
	}

	private void send() {
		var sql = parts.stream().map(Part::statement).collect(Collectors.joining(";\n"));
		var values = parts.stream().flatMap(part -> Arrays.stream(part.values())).toArray();
		jdbc.execute(sql, (PreparedStatement statement) -> {
			new ArgumentPreparedStatementSetter(values).setValues(statement);
			statement.execute();
			for (var part : parts) {
				part.read(statement);
				statement.getMoreResults();
			}
			return parts.size();
		});
	}

	private record Part<T>(String sql, SqlParameterSource parameters, @Nullable RowMapper<T> mapper, List<T> rows) {

		String statement() {
			return NamedParameterUtils.substituteNamedParameters(PARSED.get(sql), parameters);
		}

		@Nullable Object[] values() {
			return NamedParameterUtils.buildValueArray(PARSED.get(sql), parameters, null);
		}

		void read(PreparedStatement statement) throws SQLException {
			if (mapper == null) {
				return;
			}
			try (var result = statement.getResultSet()) {
				for (var number = 0; result.next(); number++) {
					rows.add(mapper.mapRow(result, number));
				}
			}
		}

	}

}
