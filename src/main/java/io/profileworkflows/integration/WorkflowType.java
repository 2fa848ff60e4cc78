package io.profileworkflows.integration;

/**
 * Kinds of workflows; AWS knows one.
 */
public enum WorkflowType {

	APPFLOW_INTEGRATION

}
