package io.profileworkflows.integration;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The operator of a task, in the vocabulary of its connector; exactly one member is set.
 */
public record ConnectorOperator(@JsonProperty("Marketo") @Nullable MarketoConnectorOperator marketo,
		@JsonProperty("S3") @Nullable S3ConnectorOperator s3,
		@JsonProperty("Salesforce") @Nullable SalesforceConnectorOperator salesforce,
		@JsonProperty("ServiceNow") @Nullable ServiceNowConnectorOperator serviceNow,
		@JsonProperty("Zendesk") @Nullable ZendeskConnectorOperator zendesk) {

	Map<SourceConnectorType, Enum<?>> present() {
		return SourceConnectorType.present(marketo, s3, salesforce, serviceNow, zendesk);
	}

}
