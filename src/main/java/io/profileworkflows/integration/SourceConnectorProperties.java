package io.profileworkflows.integration;

import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch; exactly the member of the connector is set.
 */
public record SourceConnectorProperties(@JsonProperty("Marketo") @Nullable @Valid MarketoSourceProperties marketo,
		@JsonProperty("S3") @Nullable @Valid S3SourceProperties s3,
		@JsonProperty("Salesforce") @Nullable @Valid SalesforceSourceProperties salesforce,
		@JsonProperty("ServiceNow") @Nullable @Valid ServiceNowSourceProperties serviceNow,
		@JsonProperty("Zendesk") @Nullable @Valid ZendeskSourceProperties zendesk) {

	Set<SourceConnectorType> present() {
		return SourceConnectorType.present(marketo, s3, salesforce, serviceNow, zendesk).keySet();
	}

	@Override
	public String toString() {
		return "SourceConnectorProperties[confidential]";
	}

}
