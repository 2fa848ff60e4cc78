-- AWS takes a deletion on and carries it out by and by: what it answers to a second one depends
-- on whether there was a first. The version before this one leaves it empty, and counts a
-- workflow as deleted as soon as its deletion is taken on.
set local lock_timeout = '10s';

alter table workflow add column deletion_sent_at timestamptz;
