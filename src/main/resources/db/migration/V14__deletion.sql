-- AWS takes a deletion on and carries it out by and by. The version before this one counts a
-- workflow as deleted as soon as its deletion is taken on, and leaves this empty.
set local lock_timeout = '10s';

alter table workflow add column deletion_acknowledged_at timestamptz;
