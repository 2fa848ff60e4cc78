-- What the released version 0.1 (migrations up to the fifth) had beside the workflows of V1.sql. Creates are paused, and
-- all else is due tomorrow, so that a test can look at it before anything happens.
insert into outbox (subject, kind, domain, due_at, failures)
select replace(id::text, '-', ''), 'submission', domain_name, clock_timestamp(), 0
from workflow where domain_name = 'upgrade' and phase = 'ACCEPTED';

insert into outbox (subject, kind, domain, due_at, claim, leased_until)
select replace(id::text, '-', ''), 'submission', domain_name, clock_timestamp() + interval '1 day',
  nextval('outbox_claim'), clock_timestamp() + interval '1 day'
from workflow where domain_name = 'upgrade' and phase = 'SUBMITTING';

insert into outbox (subject, kind, domain, due_at)
values ('domains/upgrade', 'tracking', 'upgrade', clock_timestamp() + interval '1 day'),
  ('uncertain/upgrade', 'reconciliation', 'upgrade', clock_timestamp() + interval '1 day');

insert into outbox (subject, kind, domain, due_at, failures, parked_at, parked_reason)
select replace(id::text, '-', ''), 'deletion', domain_name, clock_timestamp(), 10, clock_timestamp(), 'nobody knows'
from workflow where domain_name = 'upgrade' and phase = 'DELETING';

insert into outbox_turn (kind, domain, taken_at) values ('submission', 'upgrade', clock_timestamp());

insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name, connector_type,
  connector_profile_name, role_arn, outcome, remote_workflow_id, reason, request_id, answered_at, absent_since, absent_at)
select id, 1, created_at, created_at + interval '30 seconds', domain_name, flow_name, connector_type,
  connector_profile_name, role_arn, outcome, case outcome when 'CREATED' then remote_workflow_id end,
  case when outcome <> 'CREATED' then 'as it was' end, 'b25337eb', case when outcome is not null then updated_at end,
  case when absent then updated_at end, case when absent then updated_at end
from workflow join (values ('SUBMITTING', null, false), ('UNCONFIRMED', 'UNKNOWN', false),
  ('NEEDS_REVIEW', 'UNKNOWN', true), ('SUBMITTED', 'CREATED', false), ('FINISHED', 'UNKNOWN', true),
  ('REJECTED', 'REFUSED', false), ('DELETING', 'CREATED', false), ('CANCELLED', 'NOT_SENT', false)
) as attempt (of_phase, outcome, absent) on phase = of_phase
where domain_name = 'upgrade';

update workflow set candidates = '[{"remoteWorkflowId": "c0000000000000000000000000000001",
  "createdAt": "2026-01-02T03:04:06Z", "status": "IN_PROGRESS", "flowNames": ["upgrade-needs_review"],
  "speaksFor": ["its FlowName"], "speaksAgainst": []}]'
where domain_name = 'upgrade' and phase = 'NEEDS_REVIEW';

update workflow set duplicates = '{d0000000000000000000000000000001}'
where domain_name = 'upgrade' and phase = 'FINISHED';

insert into remote_sighting (remote_workflow_id, domain_name, status, created_at, connector_type,
  connector_profile_name, role_arn, flow_names)
values ('c0000000000000000000000000000001', 'upgrade', 'IN_PROGRESS', now() - interval '59 minutes', 'Servicenow', null, null,
  '{upgrade-needs_review}');

insert into submission_pause (domain_name, paused_by, reason) values ('*', 'otto', 'for the upgrade');

insert into submission_recovery (since, ended_at) values (now() - interval '1 day', now());

insert into operator_action (actor, action, domain_name, reason) values ('otto', 'pause', null, 'for the upgrade');
