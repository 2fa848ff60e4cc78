alter table submission_attempt
  -- when a whole listing, begun after the settle time, first did not have it
  add column absent_since timestamptz,
  -- when that was believed
  add column absent_at    timestamptz;

drop index submission_attempt_unresolved;

create index submission_attempt_unresolved on submission_attempt (domain_name, started_at)
  where (outcome is null or outcome = 'UNKNOWN') and absent_at is null;

-- Domains to which nothing is sent for now; '*' stands for all.
create table submission_pause (
  domain_name text        primary key,
  paused_at   timestamptz not null default clock_timestamp(),
  paused_by   text        not null,
  reason      text        not null
);

-- After a restore of the database: nothing is sent until all that may have been sent since
-- is found again or proved absent.
create table submission_recovery (
  since    timestamptz primary key,
  begun_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);

create table operator_action (
  id          bigint      generated always as identity primary key,
  at          timestamptz not null default clock_timestamp(),
  actor       text        not null,
  action      text        not null,
  domain_name text,
  reason      text        not null
);

-- What reconciliation could not decide between, for a person to see.
alter table workflow
  add column candidates jsonb,
  -- ids of workflows at AWS that nobody asked for and that carry this one's FlowName
  add column duplicates text[] not null default '{}';

create index workflow_unconfirmed on workflow (domain_name) where phase = 'UNCONFIRMED';
