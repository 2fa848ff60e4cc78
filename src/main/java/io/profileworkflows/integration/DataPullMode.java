package io.profileworkflows.integration;

/**
 * Whether a scheduled run fetches what is new or everything.
 */
public enum DataPullMode {

	Incremental, Complete

}
