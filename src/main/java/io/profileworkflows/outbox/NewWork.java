package io.profileworkflows.outbox;

/**
 * Work to add.
 *
 * @param subject what it is about; it has no other work
 * @param origin of the request that it comes from
 */
public record NewWork(String subject, String domain, Origin origin) {
}
