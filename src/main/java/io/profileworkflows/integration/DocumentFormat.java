package io.profileworkflows.integration;

/**
 * What a document is written in.
 */
public enum DocumentFormat {

	JSON, YAML

}
