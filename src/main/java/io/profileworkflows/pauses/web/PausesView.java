package io.profileworkflows.pauses.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.pauses.Pause;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything is held back, and what by.
 */
record PausesView(@JsonProperty("Paused") boolean paused, @JsonProperty("Pauses") List<Item> pauses) {

	static PausesView of(List<Pause> pauses) {
		return new PausesView(!pauses.isEmpty(), pauses.stream().map(Item::of).toList());
	}

	/**
	 * @param domainName absent where all domains are paused
	 */
	record Item(@JsonProperty("DomainName") @Nullable String domainName, @JsonProperty("PausedBy") String pausedBy,
			@JsonProperty("PausedAt") BigDecimal pausedAt, @JsonProperty("Reason") String reason) {

		static Item of(Pause pause) {
			return new Item(pause.isEverywhere() ? null : pause.domainName(), pause.pausedBy(),
					EpochSeconds.of(pause.pausedAt()), pause.reason());
		}

	}

}
