-- Signatures of requests that changed something, for as long as they could be sent again: each as
-- a digest, together with the id of its access key.
create table used_signature (
  signature  bytea       primary key,
  good_until timestamptz not null
);
create index used_signature_good_until on used_signature (good_until);
