-- Each filter of a search has its page in either order from somewhere on an index. All its
-- columns ascend, so that they can be compared with a place on it together. The previous
-- version reads them backwards.
--
-- Writers wait meanwhile, about ten seconds for each million workflows.
set local lock_timeout = '10s';

drop index workflow_by_domain, workflow_by_status, workflow_by_phase, workflow_by_requester;

create index workflow_by_domain on workflow (domain_name, created_at, id);
create index workflow_by_domain_and_update on workflow (domain_name, updated_at, id);
create index workflow_by_status on workflow (status, created_at, id);
create index workflow_by_status_and_update on workflow (status, updated_at, id);
create index workflow_by_phase on workflow (phase, created_at, id);
create index workflow_by_phase_and_update on workflow (phase, updated_at, id);
create index workflow_by_connector on workflow (connector_type, created_at, id);
create index workflow_by_connector_and_update on workflow (connector_type, updated_at, id);
create index workflow_by_requester on workflow (requested_by, created_at, id);
create index workflow_by_requester_and_update on workflow (requested_by, updated_at, id);

-- When its workflow was created, which never changes: tags are searched in that order. A
-- trigger fills it in where it is missing, since the previous version does not know it.
alter table workflow_tag add column created_at timestamptz;

update workflow_tag set created_at = workflow.created_at from workflow where workflow.id = workflow_id;

alter table workflow_tag alter column created_at set not null;

create function workflow_tag_is_as_old_as_its_workflow() returns trigger language plpgsql as $$
begin
  if new.created_at is null then
    new.created_at := (select created_at from workflow where id = new.workflow_id);
  end if;
  return new;
end $$;

create trigger workflow_tag_is_as_old_as_its_workflow before insert on workflow_tag
  for each row execute function workflow_tag_is_as_old_as_its_workflow();

create index workflow_by_tag_and_time on workflow_tag (key, value, created_at desc, workflow_id desc);

drop index workflow_by_tag;
