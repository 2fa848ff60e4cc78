package io.profileworkflows.integration;

/**
 * What makes the flow run.
 */
public enum TriggerType {

	Scheduled, Event, OnDemand

}
