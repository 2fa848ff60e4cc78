-- Null for work of many requests, and for what the previous version of the service adds.
alter table outbox add column request_id text;

comment on column outbox.trace_parent is 'W3C trace context of the request that the work comes from';
comment on column outbox.request_id is 'id that the request has got that the work comes from';
