package io.profileworkflows.tracking;

import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * When each domain was seen last, by whichever replica.
 */
@Repository
class SweepTimes {

	private final JdbcClient jdbc;

	SweepTimes(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void seen(String domainName) {
		jdbc.sql("""
				insert into tracking_sweep (domain_name, swept_at) values (:domainName, clock_timestamp())
				on conflict (domain_name) do update set swept_at = excluded.swept_at
				""").param("domainName", domainName).update();
	}

	boolean isSeenWithin(String domainName, Duration time) {
		return jdbc.sql("""
				select exists (select from tracking_sweep
				  where domain_name = :domainName and swept_at > clock_timestamp() - cast(:time as interval))
				""").param("domainName", domainName).param("time", time.toString()).query(Boolean.class).single();
	}

	/**
	 * How long the domain that was seen longest ago has not been seen, of those in which
	 * workflows run; no longer than the oldest of these has run.
	 * @return nothing when nothing runs
	 */
	Duration longestUnseen() {
		return jdbc
			.sql("""
					select coalesce(max(extract(epoch from clock_timestamp() - greatest(swept_at, since))), 0)
					from (
					  select domain_name, min(submitted_at) as since from workflow where phase = 'SUBMITTED' group by domain_name
					) as running
					left join tracking_sweep using (domain_name)
					""")
			.query((row, _) -> Duration.ofMillis(Math.max(0, Math.round(row.getDouble(1) * 1000))))
			.single();
	}

}
