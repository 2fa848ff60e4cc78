-- What was there when only the first migration was: a workflow in each phase. Never changed, as the migration itself is
-- not: it is also what the version of then goes on writing into a newer schema.
insert into workflow (id, domain_name, flow_name, object_type_name, connector_type, connector_profile_name, role_arn,
  request, request_digest, warnings, requested_by, retry_of, phase, status, error_description, deletion_requested,
  remote_workflow_id, submitted_at, provenance, remote_status, remote_started_at, remote_updated_at,
  records_processed, steps_completed, total_steps, created_at, updated_at, version)
select ('019a0000-0000-7000-8000-0000000000' || lpad(number::text, 2, '0'))::uuid, 'upgrade',
  'upgrade-' || lower(phase), 'ServiceNow-Incident', 'Servicenow', 'itsm-prod',
  'arn:aws:iam::123456789012:role/customer-profiles-ingest',
  jsonb_set(document, '{IntegrationConfig,AppflowIntegration,FlowDefinition,FlowName}',
    to_jsonb('upgrade-' || lower(phase))),
  case phase
    -- the digest of then of the request below, so that it is found again
    when 'ACCEPTED' then '\x5485f56426537630075de57bd00bdb694c7b61f8cddb18f48a1c45f266bbabe8'::bytea
    else sha256(phase::bytea)
  end,
  '[{"Pointer": "/Tags", "Message": "are a good idea"}]', 'anna', null, phase, status, error, phase = 'UNCONFIRMED',
  remote, case when remote is not null then now() - interval '59 minutes' end, provenance,
  case when remote is not null then status end, case when remote is not null then now() - interval '59 minutes' end,
  case when remote is not null then now() - interval '58 minutes' end,
  case when remote is not null then 2000 end, case when remote is not null then 1 end,
  case when remote is not null then 2 end, now() - interval '1 hour', now() - interval '30 minutes', number
from (values
  (1, 'ACCEPTED', 'NOT_STARTED', null, null, null),
  (2, 'SUBMITTING', 'NOT_STARTED', null, null, null),
  (3, 'UNCONFIRMED', 'NOT_STARTED', null, null, null),
  (4, 'NEEDS_REVIEW', 'NOT_STARTED', null, null, null),
  (5, 'SUBMITTED', 'IN_PROGRESS', null, 'a0000000000000000000000000000005', 'CREATED'),
  (6, 'FINISHED', 'COMPLETE', null, 'a0000000000000000000000000000006', 'ADOPTED'),
  (7, 'REJECTED', 'FAILED', 'The role cannot be assumed', null, null),
  (8, 'CANCELLED', 'CANCELLED', null, null, null),
  (9, 'DELETING', 'COMPLETE', null, 'a0000000000000000000000000000009', 'CREATED'),
  (10, 'DELETED', 'CANCELLED', null, null, null)
) as given (number, phase, status, error, remote, provenance),
(values ($json${
  "DomainName": "upgrade", "WorkflowType": "APPFLOW_INTEGRATION", "ObjectTypeName": "ServiceNow-Incident",
  "RoleArn": "arn:aws:iam::123456789012:role/customer-profiles-ingest",
  "Tags": {"team": "crm", "cost:center": "4711"},
  "IntegrationConfig": {"AppflowIntegration": {"FlowDefinition": {
    "FlowName": "",
    "KmsArn": "arn:aws:kms:eu-central-1:123456789012:key/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0",
    "SourceFlowConfig": {"ConnectorProfileName": "itsm-prod", "ConnectorType": "Servicenow",
      "SourceConnectorProperties": {"ServiceNow": {"Object": "incident"}}},
    "Tasks": [
      {"TaskType": "Filter", "SourceFields": ["sys_id"], "ConnectorOperator": {"ServiceNow": "PROJECTION"}},
      {"TaskType": "Map", "SourceFields": ["sys_id"], "DestinationField": "sys_id",
        "ConnectorOperator": {"ServiceNow": "NO_OP"}}],
    "TriggerConfig": {"TriggerType": "OnDemand"}}}}
}$json$::jsonb)) as template (document);

insert into workflow_tag (workflow_id, key, value)
select id, key, value from workflow, (values ('team', 'crm'), ('cost:center', '4711')) as tag (key, value)
where domain_name = 'upgrade';

insert into workflow_step (workflow_id, position, flow_name, status, execution_message, records_processed,
  batch_records_start_time, batch_records_end_time, created_at, last_updated_at)
select id, position, flow_name, 'COMPLETE', 'done', 1000, '', '', now() - interval '59 minutes', now() - interval '58 minutes'
from workflow, generate_series(0, 1) as position
where domain_name = 'upgrade' and remote_workflow_id is not null;

insert into flow_name_reservation (flow_name, workflow_id, reserved_at)
select flow_name, id, created_at from workflow
where domain_name = 'upgrade' and phase not in ('REJECTED', 'CANCELLED', 'DELETED');

insert into idempotency_key (caller, key, request_digest, workflow_id, created_at)
select 'anna', flow_name, request_digest, id, created_at from workflow where domain_name = 'upgrade';

insert into workflow_history (workflow_id, at, from_phase, to_phase, status, reason, actor, attempt, request_id)
select id, created_at, null, 'ACCEPTED', 'NOT_STARTED', 'Accepted', 'anna', null::int, null
from workflow where domain_name = 'upgrade'
union all
select id, updated_at, 'ACCEPTED', phase, status, 'As it came to be', 'submission', 1, 'b25337eb'
from workflow where domain_name = 'upgrade' and phase <> 'ACCEPTED'
order by 2;
