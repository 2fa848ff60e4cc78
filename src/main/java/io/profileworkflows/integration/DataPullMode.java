package io.profileworkflows.integration;

/**
 * Whether a scheduled run fetches only new records or all.
 */
public enum DataPullMode {

	Incremental, Complete

}
