package io.profileworkflows;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.test.context.jdbc.Sql;

/**
 * Each test begins as if nobody had ever asked for anything.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Sql(statements = {
		"""
				truncate workflow, workflow_tag, workflow_step, workflow_history, flow_name_reservation, idempotency_key,
				  submission_attempt, submission_pause, submission_recovery, operator_action, remote_sighting, outbox,
				  outbox_turn, outbox_redrive, tracking_sweep, followed_flow, flow_seen, flow_run, flow_sweep,
				  used_signature, subscription, subscription_domain, subscription_owner, event, delivery, operation, operation_item;
				""",
		"""
				update upstream_budget set share = 1, next_free_at = clock_timestamp(), lowered_at = clock_timestamp();
				""" })
public @interface EmptyTables {

}
