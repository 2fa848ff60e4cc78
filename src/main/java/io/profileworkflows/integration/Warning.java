package io.profileworkflows.integration;

import jakarta.validation.Payload;

/**
 * Marks a constraint whose violation is worth a word, but no refusal.
 */
public interface Warning extends Payload {

}
