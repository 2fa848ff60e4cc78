package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What to fetch from Marketo.
 */
public record MarketoSourceProperties(@JsonProperty("Object") @Required @SourceObject String object) {

	@Override
	public String toString() {
		return "MarketoSourceProperties[confidential]";
	}

}
