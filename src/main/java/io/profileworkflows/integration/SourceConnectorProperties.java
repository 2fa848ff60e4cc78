package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch; exactly the member of the connector is set.
 */
public record SourceConnectorProperties(@JsonProperty("Marketo") @Nullable MarketoSourceProperties marketo,
		@JsonProperty("S3") @Nullable S3SourceProperties s3,
		@JsonProperty("Salesforce") @Nullable SalesforceSourceProperties salesforce,
		@JsonProperty("ServiceNow") @Nullable ServiceNowSourceProperties serviceNow,
		@JsonProperty("Zendesk") @Nullable ZendeskSourceProperties zendesk) {

}
