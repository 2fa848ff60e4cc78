-- Another try at a workflow waits until that one is deleted at AWS. A version before this one
-- makes no such tries, and never sees the work that waits: it is of a kind of its own.
alter table workflow add column waits_for uuid;

create unique index workflow_retried_once on workflow (retry_of) where retry_of is not null;

-- Attempts leave with their workflow. Not validated, so that nothing is read or locked for
-- long: there is none whose workflow is gone, since none ever left before.
alter table submission_attempt add constraint submission_attempt_of_workflow
  foreign key (workflow_id) references workflow on delete cascade not valid;
