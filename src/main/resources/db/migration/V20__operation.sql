-- Actions on many workflows at once: what was found, what is to be done with each, and what came of it.
create table operation (
  id               uuid        primary key,
  -- in the order in which they were asked for
  number           bigint      generated always as identity,
  action           text        not null,
  state            text        not null,
  requested_by     text        not null,
  -- tells callers apart that have the same name
  requester        text        not null,
  -- the filter in full, and as it was asked for
  question         text        not null,
  filter           text        not null,
  instructions     jsonb       not null,
  -- where the caller may act, and where as an operator, as patterns
  domains          text[]      not null,
  operated_domains text[]      not null,
  total            int         not null,
  -- until it starts; then each has a row of its own
  found            uuid[],
  created_at       timestamptz not null,
  ended_at         timestamptz,
  constraint operation_is_of_a_known_kind check (action in ('RETRY', 'DELETE', 'TAG')),
  constraint operation_is_in_a_known_state check (state in ('PREVIEWED', 'RUNNING', 'FINISHED', 'CANCELLED'))
);

create index operation_by_requester on operation (requester, number desc);
create index operation_by_number on operation (number desc);
create index operation_by_age on operation (created_at);

create table operation_item (
  operation_id uuid not null references operation on delete cascade,
  position     int  not null,
  workflow_id  uuid not null,
  outcome      text,
  -- why it was refused, or which workflow was made
  detail       text,
  primary key (operation_id, position),
  constraint operation_item_has_a_known_outcome check (outcome in ('DONE', 'UNCHANGED', 'REFUSED'))
) with (fillfactor = 80);

create index operation_item_pending on operation_item (operation_id, position) where outcome is null;
