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

}
