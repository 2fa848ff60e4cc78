package io.profileworkflows.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Required;
import jakarta.validation.constraints.Size;

/**
 * The reason for which an operator does something.
 */
public record ReasonBody(@JsonProperty("Reason") @Required @Size(min = 1, max = 500,
		message = "must be 1 to 500 characters") String reason) {
}
