package io.profileworkflows.security;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Signatures of changes that were asked for, known to all replicas until they expire. An
 * attacker who sees a signed request could otherwise have the change made again.
 */
@Repository
class UsedSignatures {

	/** Longer than a signature is good, by as much as clocks may differ. */
	private static final Duration KEPT_FOR = SignatureCheck.SKEW.plusMinutes(10);

	private final JdbcClient jdbc;

	UsedSignatures(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Lets a signature be used, once.
	 * @param digest of the signature and its key
	 * @param time of the signature
	 * @throws SignatureUsed when it was used already
	 */
	void use(String digest, Instant time) {
		var isFirst = jdbc.sql("""
				insert into used_signature (signature, good_until) values (:signature, :until)
				on conflict do nothing
				""")
			.param("signature", HexFormat.of().parseHex(digest))
			.param("until", time.plus(KEPT_FOR).atOffset(ZoneOffset.UTC))
			.update() == 1;
		if (!isFirst) {
			throw new SignatureUsed();
		}
	}

	/** One that expired is refused for its time. */
	@Scheduled(fixedDelay = 60_000)
	void forget() {
		jdbc.sql("delete from used_signature where good_until < clock_timestamp()").update();
	}

}
