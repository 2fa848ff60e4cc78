-- Who is signed in to the page, for all replicas. A browser holds a random text, of which
-- only the digest is here. Nothing of it outlives good_until.
create table page_session (
  token_digest text        primary key,
  caller       text        not null,
  -- each a role and a pattern of domains, as a token has them
  grants       text[]      not null,
  good_until   timestamptz not null
);
create index page_session_good_until on page_session (good_until);
