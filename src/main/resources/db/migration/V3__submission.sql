-- Attempts to create a workflow at AWS: written before the call, answered once it is known
-- what came of it, however late. Never deleted while their workflow exists.
create table submission_attempt (
  workflow_id            uuid        not null,
  number                 int         not null check (number > 0),
  started_at             timestamptz not null,
  deadline               timestamptz not null,
  -- the fingerprint by which a workflow at AWS is recognised
  domain_name            text        not null,
  flow_name              text        not null,
  connector_type         text        not null,
  connector_profile_name text,
  role_arn               text        not null,
  outcome                text        check (outcome in ('CREATED', 'REFUSED', 'NOT_SENT', 'UNKNOWN')),
  remote_workflow_id     text,
  reason                 text,
  request_id             text,
  answered_at            timestamptz,
  primary key (workflow_id, number),
  check ((outcome is null) = (answered_at is null)),
  check ((outcome is not distinct from 'CREATED') = (remote_workflow_id is not null))
);

-- What reconciliation looks for.
create index submission_attempt_unresolved on submission_attempt (domain_name, started_at)
  where outcome is null or outcome = 'UNKNOWN';
