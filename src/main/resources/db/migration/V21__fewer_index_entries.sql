-- Each change of a workflow writes all of its index entries again. These indexes are not worth that:
-- searches in the order of updates sort what a filter lets pass, or sift; attempts are found by
-- their workflow, reservations by their FlowName.
--
-- The previous version needs none of them, but some of its searches in the order of updates take
-- long on a large table without them.
set local lock_timeout = '10s';

drop index if exists workflow_by_status_and_update, workflow_by_phase_and_update, workflow_by_connector_and_update,
  workflow_by_requester_and_update, submission_attempt_unresolved, flow_name_reservation_by_workflow;

-- The document goes beside the row as soon as the row is large, so that a change does not write it
-- again. Rows that are there already stay as they are until they are changed.
alter table workflow set (toast_tuple_target = 1024);
