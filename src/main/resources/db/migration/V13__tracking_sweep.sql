-- When all that runs at AWS in a domain was last seen in its listing.
create table tracking_sweep (
  domain_name text        primary key,
  swept_at    timestamptz not null
) with (fillfactor = 50);
