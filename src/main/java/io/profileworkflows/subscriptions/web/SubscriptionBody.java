package io.profileworkflows.subscriptions.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Required;
import io.profileworkflows.subscriptions.EventFormat;
import io.profileworkflows.subscriptions.EventType;
import io.profileworkflows.subscriptions.NewSubscription;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to be told of, and where.
 */
record SubscriptionBody(
		@JsonProperty("Name") @Required @Pattern(regexp = "[^\\x00-\\x1f\\x7f]{1,100}",
				message = "must be 1 to 100 characters without control characters") String name,
		@JsonProperty("Url") @Required @Size(min = 1, max = 2048, message = "must be 1 to 2048 characters") String url,
		@JsonProperty("Events") @Nullable @Size(min = 1, max = 8, message = "must have 1 to 8 types") List<@Pattern(
				regexp = EventType.PATTERN,
				message = "must be workflow.accepted, workflow.submitted, workflow.needs-review, workflow.rejected, workflow.finished, workflow.cancelled, workflow.deleted or flow.health-changed") String> events,
		@JsonProperty("Domains") @Nullable @Size(min = 1, max = 100,
				message = "must have 1 to 100 domains") List<@Pattern(regexp = "[a-zA-Z0-9_*-]{1,64}",
						message = "must be the name of a domain, in which * stands for any characters") String> domains,
		@JsonProperty("Format") @Nullable EventFormat format) {

	NewSubscription toNewSubscription() {
		return new NewSubscription(name, url, events, domains, format);
	}

}
