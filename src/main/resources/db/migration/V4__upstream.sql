-- One row an operation of Customer Profiles, shared by all replicas: when the next call may
-- begin. AWS allows so many a second for the whole account and Region.
create table upstream_budget (
  operation    text             primary key,
  next_free_at timestamptz      not null default clock_timestamp(),
  -- the part of the quota that is used, lowered when AWS throttles, growing back with time
  share        double precision not null default 1 check (share > 0 and share <= 1),
  lowered_at   timestamptz      not null default clock_timestamp()
) with (fillfactor = 50);

insert into upstream_budget (operation)
values ('CreateIntegrationWorkflow'), ('GetWorkflow'), ('GetWorkflowSteps'), ('ListWorkflows'), ('DeleteWorkflow');

-- What was read at AWS of a workflow that nobody here held, so that it is read once.
create table remote_sighting (
  remote_workflow_id     text        primary key,
  domain_name            text        not null,
  status                 text        not null,
  created_at             timestamptz,
  connector_type         text,
  connector_profile_name text,
  role_arn               text,
  -- of its steps; empty while it shows none
  flow_names             text[]      not null,
  seen_at                timestamptz not null default clock_timestamp()
);
