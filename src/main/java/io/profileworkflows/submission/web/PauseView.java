package io.profileworkflows.submission.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Whether anything is sent from now on.
 */
@Schema(name = "PauseResponse")
record PauseView(@JsonProperty("Paused") boolean paused) {
}
