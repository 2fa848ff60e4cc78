-- The flows that complete workflows left at AppFlow, as AppFlow showed them last, and how they are.
set local lock_timeout = '10s';

alter table workflow
  -- as it is shown
  add column flow        jsonb,
  add column flow_health text;

alter table workflow add constraint workflow_has_a_known_flow_health
  check (flow_health in ('GONE', 'INACTIVE', 'FAILING', 'DRIFTED', 'LATE', 'EMPTY', 'UNKNOWN', 'PENDING', 'HEALTHY'))
  not valid;

-- Nothing has a health yet: a look at the whole table, and no more.
create index if not exists workflow_by_flow_health on workflow (flow_health, created_at, id)
  where flow_health is not null;
create index if not exists workflow_by_flow_health_and_update on workflow (flow_health, updated_at, id)
  where flow_health is not null;
-- Complete, and its flow is not followed yet.
create index if not exists workflow_with_a_flow_to_follow on workflow (created_at, id)
  where phase = 'FINISHED' and status = 'COMPLETE' and flow_health is null;

create table followed_flow (
  workflow_id uuid        primary key references workflow on delete cascade,
  -- all that is known of it: what AppFlow shows, what was asked for, where the two differ
  written     jsonb       not null,
  gone        boolean     not null default false,
  looked_at   timestamptz
) with (fillfactor = 70);

-- Narrow, since each sweep writes a row of each flow.
create table flow_seen (
  workflow_id uuid        primary key references followed_flow on delete cascade,
  checked_at  timestamptz not null
) with (fillfactor = 50);

create table flow_run (
  workflow_id       uuid   not null references followed_flow on delete cascade,
  execution_id      text   not null,
  status            text,
  started_at        timestamptz,
  ended_at          timestamptz,
  records_processed bigint,
  records_refused   bigint,
  message           text,
  primary key (workflow_id, execution_id)
);

create index flow_run_by_time on flow_run (workflow_id, started_at desc nulls last, execution_id desc);

-- When all flows of the account were listed last.
create table flow_sweep (
  single   boolean     primary key default true check (single),
  swept_at timestamptz not null
);

insert into upstream_budget (operation) values ('AppFlow') on conflict do nothing;
