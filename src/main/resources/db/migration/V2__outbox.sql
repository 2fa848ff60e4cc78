-- Never reused, not even when a row is deleted and added again: what a late worker holds is
-- never the number of a later claim. Not cached, so that it grows with every claim.
create sequence outbox_claim;

create table outbox (
  subject       text        collate "C" primary key,
  kind          text        not null,
  domain        text        not null,
  due_at        timestamptz not null,
  claim         bigint      not null default 0,
  leased_until  timestamptz,
  hastened_to   timestamptz,
  failures      int         not null default 0,
  added_at      timestamptz not null default clock_timestamp(),
  parked_at     timestamptz,
  parked_reason text,
  trace_parent  text,
  constraint outbox_parked_with_reason check ((parked_at is null) = (parked_reason is null)),
  constraint outbox_parked_is_not_claimed check (parked_at is null or leased_until is null)
) with (
  -- Small and hot: every row is written a few times and then deleted.
  fillfactor = 70,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 10000,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0,
  vacuum_truncate = off
);

comment on table outbox is 'Work that must happen at least once; one row for each subject, deleted when finished';
comment on column outbox.due_at is 'when it may be claimed; while claimed, when the lease ends';
comment on column outbox.claim is 'fencing token: the number of the latest claim';
comment on column outbox.leased_until is 'null when nobody has claimed it';
comment on column outbox.hastened_to is 'wished for again while claimed: due then at the latest, once this claim is settled';
comment on column outbox.failures is 'unexpected failures, and leases that ran out, since it was added, rescheduled or redriven';

create index outbox_due on outbox (kind, due_at) where parked_at is null;

create index outbox_parked on outbox (parked_at) where parked_at is not null;

create index outbox_due_by_domain on outbox (kind, domain, due_at) where parked_at is null;

-- When each domain had its last turn, where they take turns.
create table outbox_turn (
  kind     text        not null,
  domain   text        not null,
  taken_at timestamptz not null,
  primary key (kind, domain)
) with (fillfactor = 50);
