-- How many turns were given up since their calls came too late, and are not made up for yet. The
-- version before this one leaves it alone, and makes up for none.
set local lock_timeout = '10s';

alter table upstream_budget add column lost double precision not null default 0 check (lost >= 0);
