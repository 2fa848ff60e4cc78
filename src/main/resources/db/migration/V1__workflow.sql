-- What was asked, and how far it has come. The document is kept as it was accepted;
-- what is searched for stands in columns beside it.
create table workflow (
  id                     uuid        primary key,
  domain_name            text        not null,
  flow_name              text        not null,
  object_type_name       text        not null,
  connector_type         text        not null,
  connector_profile_name text,
  role_arn               text        not null,
  request                jsonb       not null,
  request_digest         bytea       not null,
  warnings               jsonb       not null,
  requested_by           text        not null,
  retry_of               uuid,
  phase                  text        not null check (phase in ('ACCEPTED', 'SUBMITTING', 'UNCONFIRMED', 'NEEDS_REVIEW',
                                       'SUBMITTED', 'FINISHED', 'REJECTED', 'CANCELLED', 'DELETING', 'DELETED')),
  status                 text        not null check (status in ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETE', 'FAILED',
                                       'SPLIT', 'RETRY', 'CANCELLED')),
  error_description      text        check (char_length(error_description) between 1 and 255),
  deletion_requested     boolean     not null default false,
  remote_workflow_id     text        constraint workflow_holds_its_remote_workflow_alone unique,
  submitted_at           timestamptz,
  provenance             text        check (provenance in ('CREATED', 'ADOPTED')),
  remote_status          text,
  remote_started_at      timestamptz,
  remote_updated_at      timestamptz,
  records_processed      bigint,
  steps_completed        bigint,
  total_steps            bigint,
  created_at             timestamptz not null,
  updated_at             timestamptz not null,
  version                bigint      not null,
  constraint workflow_at_aws_has_an_id
    check (phase not in ('SUBMITTED', 'FINISHED', 'DELETING') or remote_workflow_id is not null),
  constraint workflow_with_an_id_has_a_provenance
    check ((remote_workflow_id is null) = (provenance is null))
);

create index workflow_by_domain on workflow (domain_name, created_at desc, id desc);
create index workflow_by_time on workflow (created_at desc, id desc);
create index workflow_by_update on workflow (updated_at desc, id desc);
create index workflow_by_status on workflow (status, created_at desc, id desc);
create index workflow_by_phase on workflow (phase, created_at desc, id desc);
create index workflow_by_requester on workflow (requested_by, created_at desc, id desc);
create index workflow_by_flow_name on workflow (flow_name text_pattern_ops);
create index workflow_live_at_aws on workflow (domain_name) where phase = 'SUBMITTED';

-- The same table as Phase.canBecome; a test compares the two for every pair.
create function workflow_phase_may_change() returns trigger language plpgsql as $$
begin
  if (old.phase, new.phase) not in (
    ('ACCEPTED', 'SUBMITTING'), ('ACCEPTED', 'CANCELLED'), ('ACCEPTED', 'REJECTED'), ('ACCEPTED', 'NEEDS_REVIEW'),
    ('SUBMITTING', 'SUBMITTED'), ('SUBMITTING', 'ACCEPTED'), ('SUBMITTING', 'REJECTED'),
    ('SUBMITTING', 'UNCONFIRMED'), ('SUBMITTING', 'NEEDS_REVIEW'),
    ('UNCONFIRMED', 'SUBMITTED'), ('UNCONFIRMED', 'ACCEPTED'), ('UNCONFIRMED', 'CANCELLED'),
    ('UNCONFIRMED', 'NEEDS_REVIEW'),
    ('NEEDS_REVIEW', 'SUBMITTED'), ('NEEDS_REVIEW', 'ACCEPTED'), ('NEEDS_REVIEW', 'REJECTED'),
    ('SUBMITTED', 'FINISHED'), ('SUBMITTED', 'DELETING'), ('FINISHED', 'DELETING'),
    ('DELETING', 'DELETED'), ('DELETING', 'SUBMITTED'), ('DELETING', 'FINISHED'))
  then
    raise exception 'Workflow % is % and cannot become %', old.id, old.phase, new.phase
      using errcode = 'check_violation', constraint = 'workflow_phase_may_change';
  end if;
  return new;
end $$;

create trigger workflow_phase_may_change before update of phase on workflow
  for each row when (old.phase is distinct from new.phase) execute function workflow_phase_may_change();

create table workflow_tag (
  workflow_id uuid not null references workflow on delete cascade,
  key         text not null,
  value       text not null,
  primary key (workflow_id, key)
);

create index workflow_by_tag on workflow_tag (key, value, workflow_id);

-- AWS's steps, as the last look at them showed them.
create table workflow_step (
  workflow_id              uuid        not null references workflow on delete cascade,
  position                 int         not null,
  flow_name                text        not null,
  status                   text        not null,
  execution_message        text        not null,
  records_processed        bigint      not null,
  batch_records_start_time text        not null,
  batch_records_end_time   text        not null,
  created_at               timestamptz not null,
  last_updated_at          timestamptz not null,
  primary key (workflow_id, position)
);

-- AppFlow's flow names are unique per account and Region. A reservation outlives its workflow.
create table flow_name_reservation (
  flow_name   text        primary key,
  workflow_id uuid        not null,
  reserved_at timestamptz not null
);

create index flow_name_reservation_by_workflow on flow_name_reservation (workflow_id);

create table idempotency_key (
  caller         text        not null,
  key            text        not null,
  request_digest bytea       not null,
  workflow_id    uuid        not null,
  created_at     timestamptz not null,
  primary key (caller, key)
);

create index idempotency_key_by_age on idempotency_key (created_at);

-- Only ever added to.
create table workflow_history (
  id          bigint      generated always as identity primary key,
  workflow_id uuid        not null,
  at          timestamptz not null,
  from_phase  text,
  to_phase    text        not null,
  status      text        not null,
  reason      text        not null,
  actor       text        not null,
  attempt     int,
  request_id  text
);

create index workflow_history_by_workflow on workflow_history (workflow_id, id);
