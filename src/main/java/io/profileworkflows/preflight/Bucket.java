package io.profileworkflows.preflight;

import org.jspecify.annotations.Nullable;

/**
 * A bucket as far as S3 shows it.
 *
 * @param region null if S3 does not tell
 * @param hidden why no more is known, or null if we may see it
 */
record Bucket(@Nullable String region, @Nullable String hidden) {

}
