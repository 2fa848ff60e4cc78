package io.profileworkflows.customerprofiles;

import org.jspecify.annotations.Nullable;

/**
 * A domain as AWS shows it.
 *
 * @param encryptionKey what its profiles are encrypted with: an ARN, an id or an alias,
 * or null for a key of AWS's own
 */
public record RemoteDomain(String name, @Nullable String encryptionKey) {

}
