package io.profileworkflows.integration;

/**
 * Where records come from, spelled as on the wire.
 */
public enum SourceConnectorType {

	Salesforce, Marketo, Zendesk, Servicenow, S3

}
