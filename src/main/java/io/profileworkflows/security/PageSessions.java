package io.profileworkflows.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Who is signed in to the page, known to all replicas. Only a digest of what a browser
 * holds is stored, so that nobody who reads the table can use it.
 */
@Repository
class PageSessions {

	private static final int RANDOM_BYTES = 32;

	private static final Pattern TOKEN = Pattern.compile("[\\w-]{43}");

	private final Map<String, Followed> followed = new ConcurrentHashMap<>();

	private final SecureRandom random = new SecureRandom();

	private final JdbcClient jdbc;

	private final Clock clock;

	PageSessions(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * @return what the browser has to show from now on
	 */
	String begin(Caller caller, Duration time) {
		var bytes = new byte[RANDOM_BYTES];
		random.nextBytes(bytes);
		var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		jdbc.sql("""
				insert into page_session (token_digest, caller, grants, good_until)
				values (:digest, :caller, :grants, clock_timestamp() + cast(:time as interval))
				""")
			.param("digest", digest(token))
			.param("caller", caller.name())
			.param("grants", caller.grants().written().toArray(String[]::new))
			.param("time", time.toString())
			.update();
		return token;
	}

	/** Who shows this, as long as that is known. */
	Optional<Caller> find(String token) {
		return !TOKEN.matcher(token).matches() ? Optional.empty() : jdbc.sql("""
				select token_digest, caller, grants, good_until from page_session
				where token_digest = :digest and good_until > clock_timestamp()
				""").param("digest", digest(token)).query((row, _) -> caller(row)).optional();
	}

	private Caller caller(ResultSet row) throws SQLException {
		Array grants = row.getArray("grants");
		var digest = row.getString("token_digest");
		var end = row.getObject("good_until", OffsetDateTime.class).toInstant();
		return Caller.withToken(row.getString("caller"), Grants.read(List.of((String[]) grants.getArray())))
			.whileSignedIn(end, clock, () -> isSignedIn(digest, end));
	}

	/** Answers from memory, since streams ask often: {@link #look} knows later. */
	private boolean isSignedIn(String digest, Instant end) {
		return followed.computeIfAbsent(digest, _ -> new Followed(end, true)).isSignedIn();
	}

	/** Learns who has signed out, at any replica, and still follows something here. */
	@Scheduled(fixedDelay = 5_000)
	void look() {
		followed.values().removeIf(session -> !clock.instant().isBefore(session.end()));
		var asked = followed.keySet().toArray(String[]::new);
		if (asked.length == 0) {
			return;
		}
		var known = jdbc.sql("select token_digest from page_session where token_digest = any(:asked)")
			.param("asked", asked)
			.query(String.class)
			.set();
		Stream.of(asked).filter(digest -> !known.contains(digest)).forEach(this::noteEnd);
	}

	private void noteEnd(String digest) {
		followed.computeIfPresent(digest, (_, session) -> new Followed(session.end(), false));
	}

	private static String digest(String token) {
		return Digests.sha256(token.getBytes(StandardCharsets.US_ASCII));
	}

	void end(String token) {
		var digest = digest(token);
		jdbc.sql("delete from page_session where token_digest = :digest").param("digest", digest).update();
		noteEnd(digest);
	}

	@Scheduled(fixedDelay = 60_000)
	void forget() {
		jdbc.sql("delete from page_session where good_until < clock_timestamp()").update();
	}

	/**
	 * A session whose owner follows something.
	 */
	private record Followed(Instant end, boolean isSignedIn) {
	}

}
