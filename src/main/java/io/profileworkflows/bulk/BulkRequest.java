package io.profileworkflows.bulk;

import io.profileworkflows.integration.ImportSince;
import io.profileworkflows.workflow.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * What applies to all requests of one body.
 *
 * @param key of all of them together, if they have one
 * @param importSince null where no batches are computed
 */
public record BulkRequest(BulkFormat format, @Nullable IdempotencyKey key, @Nullable ImportSince importSince) {
}
