package io.profileworkflows.workflow;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How many workflows there are, and how far they have come.
 */
@Repository
class WorkflowCounts {

	private final JdbcClient jdbc;

	WorkflowCounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Leaves out what no workflow is. */
	List<OfStage> byStage() {
		return jdbc.sql("select phase, status, count(*) from workflow group by phase, status order by phase, status")
			.query(OfStage.class)
			.list();
	}

	/** The domains with the most workflows first. */
	List<OfDomain> byDomain(int limit) {
		return jdbc.sql("""
				select domain_name as domain, count(*) from workflow
				group by domain_name order by count(*) desc, domain_name limit :limit
				""").param("limit", limit).query(OfDomain.class).list();
	}

	record OfStage(Phase phase, Status status, long count) {
	}

	record OfDomain(String domain, long count) {
	}

}
