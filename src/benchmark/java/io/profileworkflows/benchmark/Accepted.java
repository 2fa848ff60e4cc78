package io.profileworkflows.benchmark;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is stored of requests that were accepted.
 *
 * @param columns that are filled in, by table
 */
record Accepted(Map<String, List<String>> columns) {

	static Accepted in(JdbcClient jdbc) {
		return new Accepted(Stream
			.of("workflow", "workflow_tag", "workflow_history", "flow_name_reservation", "idempotency_key", "outbox")
			.collect(Collectors.toMap(table -> table, table -> columns(jdbc, table))));
	}

	private static List<String> columns(JdbcClient jdbc, String table) {
		return jdbc.sql("""
				select distinct filled from (select * from %1$s limit 1000) as sample,
				  jsonb_object_keys(jsonb_strip_nulls(to_jsonb(sample))) as filled order by filled
				""".formatted(table)).query(String.class).list();
	}

	/** Fails if others' rows are not filled in alike. */
	void requireLike(Accepted others) {
		assertThat(columns).isEqualTo(others.columns);
	}

	/** Fails if a row of so many requests is missing, or is there twice. */
	static void requireAllOf(JdbcClient jdbc, long requests) {
		assertThat(count(jdbc, "workflow")).as("workflows").isEqualTo(requests);
		assertThat(count(jdbc, "workflow_tag")).as("tags").isEqualTo(2 * requests);
		assertThat(count(jdbc, "flow_name_reservation")).as("reservations").isEqualTo(requests);
		assertThat(count(jdbc, "idempotency_key")).as("idempotency keys").isEqualTo(requests);
		assertThat(count(jdbc, "workflow_history where from_phase is null")).as("first entries of the history")
			.isEqualTo(requests);
		assertThat(count(jdbc, "outbox where kind = 'submission'")).as("waiting submissions")
			.isEqualTo(count(jdbc, "workflow where phase in ('ACCEPTED', 'SUBMITTING')"));
	}

	/**
	 * Fails if any of so many requests was not submitted, or was more than once. An
	 * attempt that is certainly not sent, such as one that missed its turn, is followed
	 * by another one.
	 */
	static void requireAllSubmitted(JdbcClient jdbc, long requests) {
		assertThat(count(jdbc, "workflow where phase = 'SUBMITTED' and remote_workflow_id is not null"))
			.as("submitted workflows")
			.isEqualTo(requests);
		assertThat(count(jdbc, "submission_attempt where outcome = 'CREATED'")).as("attempts").isEqualTo(requests);
		var notSent = count(jdbc, "submission_attempt where outcome = 'NOT_SENT'");
		assertThat(count(jdbc, "submission_attempt")).as("attempts, whatever came of them")
			.isEqualTo(requests + notSent);
		assertThat(count(jdbc, "workflow_history where to_phase = 'SUBMITTING'")).as("begun attempts in the history")
			.isEqualTo(requests + notSent);
		assertThat(count(jdbc, "workflow_history where to_phase = 'SUBMITTED'")).as("submissions in the history")
			.isEqualTo(requests);
		assertThat(count(jdbc, "outbox where kind = 'submission'")).as("work left over").isZero();
	}

	private static long count(JdbcClient jdbc, String what) {
		return jdbc.sql("select count(*) from " + what).query(Long.class).single();
	}

}
