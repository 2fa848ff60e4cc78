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

	/**
	 * The object that is fetched, by the name it has at its source.
	 * @return the name, or null where files are fetched
	 */
	public @Nullable String objectName() {
		if (marketo != null) {
			return marketo.object();
		}
		if (salesforce != null) {
			return salesforce.object();
		}
		if (serviceNow != null) {
			return serviceNow.object();
		}
		return (zendesk != null) ? zendesk.object() : null;
	}

	Set<SourceConnectorType> present() {
		return SourceConnectorType.present(marketo, s3, salesforce, serviceNow, zendesk).keySet();
	}

	@Override
	public String toString() {
		return "SourceConnectorProperties[confidential]";
	}

}
