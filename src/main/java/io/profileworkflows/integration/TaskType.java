package io.profileworkflows.integration;

/**
 * What a task does with its source fields.
 */
public enum TaskType {

	Arithmetic, Filter, Map, Mask, Merge, Truncate, Validate

}
