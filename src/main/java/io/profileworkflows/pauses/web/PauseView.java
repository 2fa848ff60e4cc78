package io.profileworkflows.pauses.web;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whether anything is sent from now on.
 */
record PauseView(@JsonProperty("Paused") boolean paused) {
}
