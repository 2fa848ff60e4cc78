package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch from S3.
 */
public record S3SourceProperties(
		@JsonProperty("BucketName") @Required @Pattern(regexp = "\\S{3,63}",
				message = "must be 3 to 63 characters without white space") String bucketName,
		@JsonProperty("BucketPrefix") @Nullable @Pattern(regexp = ".{0,512}",
				message = "must be at most 512 characters on one line") String bucketPrefix) {

	@Override
	public String toString() {
		return "S3SourceProperties[confidential]";
	}

}
