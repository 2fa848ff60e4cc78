package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The field that tells which records are new.
 */
public record IncrementalPullConfig(
		@JsonProperty("DatetimeTypeFieldName") @Nullable @ShortText String datetimeTypeFieldName) {

	@Override
	public String toString() {
		return "IncrementalPullConfig[confidential]";
	}

}
