package io.profileworkflows.outbox;

/**
 * An operator's order to set parked work going again.
 *
 * @param actor who gave it
 */
public record Redrive(String actor, String reason) {
}
