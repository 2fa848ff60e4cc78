package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Shows how much of the budget is used, without using any of it.
 */
@Repository
public class BudgetUses {

	private final JdbcClient jdbc;

	BudgetUses(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Each operation that was called, by name. */
	public List<BudgetUse> all() {
		return jdbc
			.sql("""
					select operation, least(1, share + :recovery * extract(epoch from clock_timestamp() - lowered_at)) as share,
					  greatest(0, extract(epoch from next_free_at - clock_timestamp())) as booked
					from upstream_budget order by operation
					""")
			.param("recovery", Budget.RECOVERY)
			.query((row, _) -> new BudgetUse(row.getString("operation"), row.getDouble("share"),
					Duration.ofMillis(Math.round(row.getDouble("booked") * 1000))))
			.list();
	}

	/**
	 * How much of the budget of one operation is used.
	 *
	 * @param share of the full pace, which AWS lowers by throttling
	 * @param booked for how long all turns are taken
	 */
	public record BudgetUse(String operation, double share, Duration booked) {
	}

}
