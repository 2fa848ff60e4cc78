package io.profileworkflows.outbox;

import java.time.Duration;

/**
 * How much work of a kind there is.
 *
 * @param waiting due, and claimed by nobody
 * @param later not due yet
 * @param oldest how long the oldest waiting work has been due; zero when none waits
 */
public record Backlog(String kind, long waiting, long claimed, long later, long parked, Duration oldest) {
}
