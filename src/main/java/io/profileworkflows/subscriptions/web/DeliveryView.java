package io.profileworkflows.subscriptions.web;

import java.math.BigDecimal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.subscriptions.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it is shown.
 */
record DeliveryView(@JsonProperty("DeliveryId") String deliveryId, @JsonProperty("Type") String type,
		@JsonProperty("Timestamp") BigDecimal timestamp, @JsonProperty("DomainName") @Nullable String domainName,
		@JsonProperty("WorkflowId") @Nullable String workflowId, @JsonProperty("State") Delivery.State state,
		@JsonProperty("Attempts") int attempts, @JsonProperty("AttemptedAt") @Nullable BigDecimal attemptedAt,
		@JsonProperty("NextAttemptAt") @Nullable BigDecimal nextAttemptAt,
		@JsonProperty("StatusCode") @Nullable Integer statusCode,
		@JsonProperty("DurationInMillis") @Nullable Integer durationInMillis,
		@JsonProperty("Answer") @Nullable String answer, @JsonProperty("Failure") @Nullable String failure) {

	static DeliveryView of(Delivery delivery) {
		return new DeliveryView(delivery.id(), delivery.type(), EpochSeconds.of(delivery.at()), delivery.domainName(),
				(delivery.workflow() != null) ? delivery.workflow().toString() : null, delivery.state(),
				delivery.attempts(), EpochSeconds.ofNullable(delivery.attemptedAt()),
				EpochSeconds.ofNullable(delivery.nextAttemptAt()), delivery.status(), delivery.tookMillis(),
				delivery.answer(), delivery.failure());
	}

}
