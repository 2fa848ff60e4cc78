-- What the owners of subscriptions may do who have tokens, as their latest token said. Access keys are
-- asked themselves.
set local lock_timeout = '10s';

create table subscription_owner (
  owner      text        primary key,
  -- in which they are submitters
  domains    text[]      not null,
  good_until timestamptz not null
);

-- As if they had subscribed now.
insert into subscription_owner (owner, domains, good_until)
select owner, array_agg(distinct domain_name order by domain_name), clock_timestamp() + interval '90 days'
from subscription join subscription_domain on subscription_id = id
where owner like 'token of %'
group by owner;
