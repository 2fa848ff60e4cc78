package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.Postgres;
import io.profileworkflows.database.RoundTrip;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.awaitility.Awaitility.await;

/**
 * A budget in a real database, reached through a pool of its own.
 */
final class BudgetDatabase implements AutoCloseable {

	private final HikariDataSource pool = new HikariDataSource();

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Budget budget;

	BudgetDatabase(int connections, int requestsPerSecond) {
		var database = Postgres.migrated();
		pool.setJdbcUrl(database.getJdbcUrl());
		pool.setUsername(database.getUsername());
		pool.setPassword(database.getPassword());
		pool.setMaximumPoolSize(connections);
		pool.setConnectionTimeout(2000);
		jdbc = JdbcClient.create((DataSource) pool);
		transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
		budget = new Budget(jdbc,
				new UpstreamSettings(Duration.ofSeconds(30), requestsPerSecond, Duration.ofSeconds(1)),
				new AppFlowBudgetSettings(1), new SimpleMeterRegistry());
	}

	RoundTrip trip() {
		return new RoundTrip(new JdbcTemplate(pool));
	}

	Budget budget() {
		return budget;
	}

	TransactionTemplate transaction() {
		return transaction;
	}

	JdbcClient jdbc() {
		return jdbc;
	}

	/** As if nothing had been sent for long. */
	void fill() {
		jdbc.sql("drop trigger if exists record_turn on upstream_budget; drop table if exists turn").update();
		jdbc.sql("""
				update upstream_budget set share = 1, lost = 0, next_free_at = clock_timestamp() - interval '1 hour',
				  lowered_at = clock_timestamp() - interval '1 hour'
				""").update();
	}

	void letPass(Duration time) {
		jdbc.sql("""
				update upstream_budget set next_free_at = next_free_at - cast(:time as interval),
				  lowered_at = lowered_at - cast(:time as interval)
				""").param("time", time.toString()).update();
	}

	/** Lets the next turn of an operation begin after that time. */
	void shut(Operation operation, Duration time) {
		jdbc.sql("""
				update upstream_budget set next_free_at = clock_timestamp() + cast(:time as interval)
				where operation = :operation
				""").param("time", time.toString()).param("operation", operation.awsName()).update();
	}

	/**
	 * Writes down each turn that is taken: when it begins is when the next one is free,
	 * less the pace.
	 */
	void recordTurns() {
		jdbc.sql("""
				create table turn (id serial, begins timestamptz);
				create or replace function record_turn() returns trigger language plpgsql as $$
				begin
				  insert into turn (begins) values (greatest(old.next_free_at, clock_timestamp()));
				  return new;
				end $$;
				create trigger record_turn after update on upstream_budget for each row execute function record_turn();
				""").update();
	}

	/** When turns began, in seconds. */
	List<Double> turns() {
		return jdbc.sql("select extract(epoch from begins) from turn order by id").query(Double.class).list();
	}

	double number(String sql, Operation operation) {
		return jdbc.sql(sql).param("operation", operation.awsName()).query(Double.class).single();
	}

	void awaitBlocked() {
		await().until(() -> jdbc.sql("select count(*) from pg_locks where not granted").query(Long.class).single() > 0);
	}

	/** Lets time pass in the database. */
	void sleep(Duration time) {
		jdbc.sql("select pg_sleep(:seconds) is null")
			.param("seconds", time.toMillis() / 1000.0)
			.query(Boolean.class)
			.single();
	}

	@Override
	public void close() {
		fill();
		pool.close();
	}

}
