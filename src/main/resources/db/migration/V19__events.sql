-- Who wants to be told of what happens to workflows, what happened, and what was sent to whom. The
-- version before this one writes no events.
set local lock_timeout = '10s';

create table subscription (
  id               uuid        primary key,
  number           bigint      generated always as identity unique,
  name             text        not null,
  url              text        not null,
  format           text        not null check (format in ('StandardWebhooks', 'CloudEvents')),
  types            text[]      not null,
  -- what tells callers apart, and the name that is shown
  owner            text        not null,
  created_by       text        not null,
  created_at       timestamptz not null default clock_timestamp(),
  -- encrypted, with the names of the keys
  secret           bytea,
  secret_key       text,
  old_secret       bytea,
  old_secret_key   text,
  old_secret_until timestamptz,
  -- deliveries that failed since the last one that did not
  failures         int         not null default 0,
  failing_since    timestamptz,
  -- nothing is sent before, whatever is due
  retry_at         timestamptz,
  slow             boolean     not null default false,
  off_since        timestamptz,
  off_reason       text,
  constraint subscription_is_off_for_a_reason check ((off_since is null) = (off_reason is null)),
  constraint subscription_of_one_name unique (owner, name)
);

-- Names of domains, or patterns of such: then with the same pattern as SQL has it.
create table subscription_domain (
  subscription_id uuid not null references subscription on delete cascade,
  domain_name     text not null,
  alike           text,
  primary key (subscription_id, domain_name)
);

create index subscription_domain_by_name on subscription_domain (domain_name) where alike is null;
create index subscription_domain_by_pattern on subscription_domain (alike) where alike is not null;

-- Written in the transaction of the change that it tells of. The caller holds the lock of the
-- workflow, so that the ids of each one's events ascend in the order of the changes.
create table event (
  id          bigint      generated always as identity primary key,
  -- on the wire
  key         uuid        not null default gen_random_uuid() unique,
  type        text        not null,
  workflow_id uuid,
  domain_name text,
  at          timestamptz not null,
  written_at  timestamptz not null default clock_timestamp(),
  data        text        not null,
  -- when each subscription that wants it got its delivery
  spread_at   timestamptz
) with (fillfactor = 80);

create index event_to_spread on event (id) where spread_at is null;
create index event_by_age on event (written_at);

create table delivery (
  subscription_id uuid        not null references subscription on delete cascade,
  event_id        bigint      not null references event on delete cascade,
  workflow_id     uuid,
  state           text        not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'GIVEN_UP')),
  due_at          timestamptz not null default clock_timestamp(),
  attempts        int         not null default 0,
  -- of the latest attempt
  attempted_at    timestamptz,
  took_ms         int,
  status          int,
  answer          text,
  failure         text,
  primary key (subscription_id, event_id)
) with (fillfactor = 70);

create index delivery_due on delivery (subscription_id, due_at, event_id) where state = 'PENDING';
create index delivery_in_order on delivery (subscription_id, workflow_id, event_id) where state = 'PENDING';
create index delivery_of_event on delivery (event_id);
