package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch from Salesforce.
 */
public record SalesforceSourceProperties(@JsonProperty("Object") @Required @SourceObject String object,
		@JsonProperty("EnableDynamicFieldUpdate") @Nullable Boolean enableDynamicFieldUpdate,
		@JsonProperty("IncludeDeletedRecords") @Nullable Boolean includeDeletedRecords) {

	@Override
	public String toString() {
		return "SalesforceSourceProperties[confidential]";
	}

}
