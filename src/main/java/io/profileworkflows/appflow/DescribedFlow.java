package io.profileworkflows.appflow;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All that AppFlow tells of one flow.
 *
 * @param definition its members by the names that the API of Customer Profiles has for
 * them, times as {@link java.time.Instant}s; confidential
 */
public record DescribedFlow(ListedFlow listed, @Nullable String statusMessage, Map<String, Object> definition) {

	@Override
	public String toString() {
		return "DescribedFlow[" + listed.flowName() + "]";
	}

}
