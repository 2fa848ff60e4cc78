package io.profileworkflows.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
				select caller, grants, good_until from page_session
				where token_digest = :digest and good_until > clock_timestamp()
				""").param("digest", digest(token)).query((row, _) -> caller(row)).optional();
	}

	private Caller caller(ResultSet row) throws SQLException {
		Array grants = row.getArray("grants");
		return Caller.withToken(row.getString("caller"), Grants.read(List.of((String[]) grants.getArray())))
			.until(row.getObject("good_until", OffsetDateTime.class).toInstant(), clock);
	}

	private static String digest(String token) {
		return Digests.sha256(token.getBytes(StandardCharsets.US_ASCII));
	}

	void end(String token) {
		jdbc.sql("delete from page_session where token_digest = :digest").param("digest", digest(token)).update();
	}

	@Scheduled(fixedDelay = 60_000)
	void forget() {
		jdbc.sql("delete from page_session where good_until < clock_timestamp()").update();
	}

}
