-- Parked work that operators set going again, and why; added to, never changed.
create table outbox_redrive (
  id            bigint      generated always as identity primary key,
  kind          text        not null,
  subject       text        not null,
  domain        text        not null,
  parked_reason text        not null,
  redriven_at   timestamptz not null default clock_timestamp(),
  redriven_by   text        not null,
  reason        text        not null
);
