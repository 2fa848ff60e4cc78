package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What to fetch from ServiceNow.
 */
public record ServiceNowSourceProperties(@JsonProperty("Object") @Required @SourceObject String object) {

	@Override
	public String toString() {
		return "ServiceNowSourceProperties[confidential]";
	}

}
