package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is wrong with one member of a document, without the value that is wrong.
 *
 * @param pointer JSON Pointer (RFC 6901) to the member
 * @param message what would be right
 */
public record Violation(@JsonProperty("Pointer") String pointer, @JsonProperty("Message") String message) {

}
