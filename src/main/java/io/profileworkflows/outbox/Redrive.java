package io.profileworkflows.outbox;

/**
 * An operator's order to try parked work again.
 *
 * @param actor who gave it
 */
public record Redrive(String actor, String reason) {
}
