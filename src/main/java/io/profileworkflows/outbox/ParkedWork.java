package io.profileworkflows.outbox;

import java.time.Instant;

/**
 * Work that kept failing and waits for an operator.
 */
public record ParkedWork(String kind, String subject, String domain, int failures, Instant parkedAt, String reason) {
}
