-- History leaves by the month: a partition is dropped, no entry is deleted.
--
-- No entry is copied: the table that there is becomes the partition of all until the end of
-- its last month. The previous version goes on running: the table and all columns that it
-- names stay. Its statements wait until the old entries are indexed anew, which takes about
-- a second for each million; the migration waits for its turn no longer than this, and is
-- tried again at the next start.
set local lock_timeout = '10s';

alter table workflow_history rename to workflow_history_first;
alter table workflow_history_first alter column id drop identity;
alter table workflow_history_first drop constraint workflow_history_pkey;
drop index workflow_history_by_workflow;

create table workflow_history (like workflow_history_first including defaults) partition by range (at);

alter table workflow_history
  alter column id add generated always as identity,
  add primary key (workflow_id, id, at);

do $$
declare
  latest timestamptz;
begin
  -- a day more, so that nobody writes beyond it before the next partition is there
  select greatest(max(at), clock_timestamp() + interval '1 day') into latest from workflow_history_first;
  perform setval(pg_get_serial_sequence('workflow_history', 'id'), coalesce(max(id), 0) + 1, false)
  from workflow_history_first;
  execute format('alter table workflow_history attach partition workflow_history_first for values from (minvalue) to (%L)',
    (date_trunc('month', latest at time zone 'UTC') + interval '1 month') at time zone 'UTC');
end $$;

-- So that an entry always has a place, whatever the clock says and even if nobody made the
-- partition of its month in time.
create table workflow_history_default partition of workflow_history default;

create function workflow_history_is_never_changed() returns trigger language plpgsql as $$
begin
  raise exception 'An entry of the history is never changed' using errcode = 'restrict_violation';
end $$;

create trigger workflow_history_is_never_changed before update on workflow_history
  for each row execute function workflow_history_is_never_changed();
