package io.profileworkflows.integration;

import jakarta.validation.Payload;

/**
 * Marks a constraint whose violation is a warning and no refusal.
 */
public interface Warning extends Payload {

}
