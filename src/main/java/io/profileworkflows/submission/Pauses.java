package io.profileworkflows.submission;

import io.profileworkflows.submission.Operators.Decision;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Domains to which operators let nothing be sent, and who said so and why.
 */
@Repository
@Transactional
class Pauses {

	private final JdbcClient jdbc;

	Pauses(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void pause(String domainName, Decision decision) {
		jdbc.sql("""
				insert into submission_pause (domain_name, paused_by, reason) values (:domainName, :actor, :reason)
				on conflict (domain_name) do nothing
				""")
			.param("domainName", domainName)
			.param("actor", decision.actor())
			.param("reason", decision.reason())
			.update();
		remember("pause", domainName, decision);
	}

	boolean resume(String domainName, Decision decision) {
		remember("resume", domainName, decision);
		return jdbc.sql("delete from submission_pause where domain_name = :domainName")
			.param("domainName", domainName)
			.update() > 0;
	}

	private void remember(String action, String domainName, Decision decision) {
		jdbc.sql("""
				insert into operator_action (actor, action, domain_name, reason)
				values (:actor, :action, :domainName, :reason)
				""")
			.param("actor", decision.actor())
			.param("action", action)
			.param("domainName", domainName)
			.param("reason", decision.reason())
			.update();
	}

}
