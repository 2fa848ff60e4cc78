package io.profileworkflows.benchmark;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is stored of requests that were submitted at the first attempt, without their ids,
 * names and times: which sorts of rows there are, and which of their columns are filled
 * in.
 */
record Submitted(List<String> rows) {

	static Submitted in(JdbcClient jdbc) {
		return new Submitted(jdbc
			.sql("""
					with straight as (
					  select workflow.* from workflow where 1 = (select count(*) from submission_attempt where workflow_id = id)
					), sorted as (
					  select 'workflow' as what, concat_ws(' ', phase, status, provenance, version) as sort,
					    to_jsonb(straight) as filled from straight
					  union all
					  select 'attempt', concat_ws(' ', number, outcome, reason), to_jsonb(submission_attempt)
					  from submission_attempt where workflow_id in (select id from straight)
					  union all
					  select 'history', concat_ws(' ', from_phase, to_phase, status, actor, attempt,
					    regexp_replace(reason, '[0-9a-f]{32}', '')), to_jsonb(workflow_history)
					  from workflow_history where from_phase is not null and workflow_id in (select id from straight)
					  union all
					  select 'work', concat_ws(' ', kind, domain), null from outbox
					  union all
					  select 'turn', concat_ws(' ', kind, domain), to_jsonb(outbox_turn) from outbox_turn
					)
					select concat_ws(' ', what, sort, (select string_agg(distinct key, ' ' order by key)
					    from unnest((array_agg(filled))[1:100]) as row, jsonb_object_keys(jsonb_strip_nulls(row)) as key))
					from sorted group by what, sort order by what, sort
					""")
			.query(String.class)
			.list());
	}

	/** Fails if others' rows are not the same. */
	void requireLike(Submitted others) {
		assertThat(rows).isNotEmpty().isEqualTo(others.rows);
	}

}
