package io.profileworkflows.pauses;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The domains to which nothing is sent, with the operator who paused them and the reason.
 */
@Repository
@Transactional
public class Pauses {

	/** In the place of a domain: all of them. */
	public static final String EVERYWHERE = "*";

	private final JdbcClient jdbc;

	Pauses(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** A pause that is there keeps its beginning and its reason. */
	public void pause(String domainName, String actor, String reason) {
		jdbc.sql("""
				insert into submission_pause (domain_name, paused_by, reason) values (:domainName, :actor, :reason)
				on conflict (domain_name) do nothing
				""").param("domainName", domainName).param("actor", actor).param("reason", reason).update();
		remember("pause", domainName, actor, reason);
	}

	/**
	 * @return whether it was paused
	 */
	public boolean resume(String domainName, String actor, String reason) {
		remember("resume", domainName, actor, reason);
		return jdbc.sql("delete from submission_pause where domain_name = :domainName")
			.param("domainName", domainName)
			.update() > 0;
	}

	/** What is paused, longest first. */
	@Transactional(readOnly = true)
	public List<Pause> all() {
		return jdbc.sql("""
				select domain_name, paused_by, paused_at, reason from submission_pause order by paused_at, domain_name
				""")
			.query((row, _) -> new Pause(row.getString("domain_name"), row.getString("paused_by"),
					row.getTimestamp("paused_at").toInstant(), row.getString("reason")))
			.list();
	}

	/** The same by domain, to look up what holds a workflow back. */
	@Transactional(readOnly = true)
	public PausedDomains now() {
		return new PausedDomains(
				all().stream().collect(Collectors.toUnmodifiableMap(Pause::domainName, pause -> pause)));
	}

	/** The beginning of the oldest and the number of all, by the database's clock. */
	@Transactional(readOnly = true)
	Count count() {
		return jdbc.sql("""
				select count(*) as pauses,
				  coalesce(extract(epoch from clock_timestamp() - min(paused_at)), 0) as age
				from submission_pause
				""").query((row, _) -> new Count(row.getLong("pauses"), row.getDouble("age"))).single();
	}

	private void remember(String action, String domainName, String actor, String reason) {
		jdbc.sql("""
				insert into operator_action (actor, action, domain_name, reason)
				values (:actor, :action, :domainName, :reason)
				""")
			.param("actor", actor)
			.param("action", action)
			.param("domainName", domainName)
			.param("reason", reason)
			.update();
	}

	/**
	 * @param age of the oldest, in seconds; 0 if there is none
	 */
	record Count(long pauses, double age) {
	}

}
