package io.profileworkflows.workflow.web;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.BadParameter;
import io.profileworkflows.integration.TagKey;
import io.profileworkflows.integration.TagValue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * TagResource's body, in lower camel case as at AWS.
 */
public record TagsBody(@JsonProperty("tags") @NotNull(message = "is required") @Size(min = 1, max = TagsBody.MOST,
		message = "must have 1 to 50 entries") Map<@TagKey String, @TagValue String> tags) {

	/** AWS allows no more on a resource. */
	public static final int MOST = 50;

	/**
	 * Adds these tags to those that a workflow has.
	 * @throws BadParameter when it would have too many
	 */
	public void addTo(Map<String, String> others) {
		others.putAll(tags);
		if (others.size() > MOST) {
			throw new BadParameter("tags", "must not bring the workflow to more than %s tags; it would have %s"
				.formatted(MOST, others.size()));
		}
	}

}
