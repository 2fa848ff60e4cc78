-- A flow that version 17 followed, with a run of it; and a signature that it has seen.
insert into followed_flow (workflow_id, written, looked_at)
select id, '{"gone": false, "asked": {"trigger": "Scheduled", "schedule": {"end": null, "since": "2026-01-02T03:04:06Z",
    "start": null, "timezone": "Europe/Berlin", "expression": "rate(1hours)"}},
  "found": {"trigger": "Scheduled", "schedule": {"end": null, "since": "2026-01-02T03:04:06Z", "start": null,
    "timezone": "Europe/Berlin", "expression": "rate(1hours)"}},
  "runs": [{"status": "Successful", "endedAt": "2026-01-02T04:04:08Z", "message": null,
    "startedAt": "2026-01-02T04:04:06Z", "executionId": "run-1", "recordsRefused": null, "recordsProcessed": 0}],
  "hidden": {"all": null, "runs": null, "definition": null},
  "listed": {"status": "Active", "flowName": "upgrade-finished", "lastRunAt": "2026-01-02T04:04:06Z",
    "updatedAt": "2026-01-02T03:04:06Z", "triggerType": "Scheduled", "lastRunStatus": "Successful", "lastRunMessage": null},
  "flowName": "upgrade-finished", "runsReadAs": "Successful 2026-01-02T04:04:06Z",
  "describedAs": "Active 2026-01-02T03:04:06Z", "differences": [], "statusMessage": null}', now()
from workflow where domain_name = 'upgrade' and phase = 'FINISHED';

update workflow set flow_health = 'EMPTY', flow = '{"health": "EMPTY", "status": "Active",
  "lastRun": {"status": "Successful", "endedAt": "2026-01-02T04:04:08Z", "message": null,
    "startedAt": "2026-01-02T04:04:06Z", "executionId": "run-1", "recordsProcessed": 0},
  "reasons": ["The last 3 runs brought no records"], "flowName": "upgrade-finished", "nextRunDue": "2026-01-02T05:04:06Z"}'
where domain_name = 'upgrade' and phase = 'FINISHED';

insert into flow_seen (workflow_id, checked_at) select workflow_id, now() from followed_flow;

insert into flow_run (workflow_id, execution_id, status, started_at, ended_at, records_processed)
select workflow_id, 'run-1', 'Successful', '2026-01-02T04:04:06Z', '2026-01-02T04:04:08Z', 0 from followed_flow;

insert into flow_sweep (swept_at) values (now());

insert into used_signature (signature, good_until) values ('\x0102', now() + interval '5 minutes');
