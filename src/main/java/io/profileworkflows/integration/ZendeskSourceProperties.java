package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What to fetch from Zendesk.
 */
public record ZendeskSourceProperties(@JsonProperty("Object") @Required @SourceObject String object) {

	@Override
	public String toString() {
		return "ZendeskSourceProperties[confidential]";
	}

}
