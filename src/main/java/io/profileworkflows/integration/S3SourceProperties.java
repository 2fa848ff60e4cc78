package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch from S3.
 */
public record S3SourceProperties(@JsonProperty("BucketName") String bucketName,
		@JsonProperty("BucketPrefix") @Nullable String bucketPrefix) {

}
