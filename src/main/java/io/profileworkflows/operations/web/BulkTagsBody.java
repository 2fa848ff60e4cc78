package io.profileworkflows.operations.web;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.integration.TagKey;
import io.profileworkflows.integration.TagValue;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.operations.Instructions;
import io.profileworkflows.workflow.web.TagsBody;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The changes of tags.
 */
public record BulkTagsBody(
		@JsonProperty("Tags") @Nullable @Size(max = TagsBody.MOST,
				message = "must have at most 50 entries") Map<@TagKey String, @TagValue String> tags,
		@JsonProperty("RemoveTags") @Nullable @Size(max = TagsBody.MOST,
				message = "must have at most 50 entries") List<@TagKey String> removeTags) {

	public Instructions toInstructions() {
		var set = (tags != null) ? tags : Map.<String, String>of();
		var removed = (removeTags != null) ? Set.copyOf(removeTags) : Set.<String>of();
		if (set.isEmpty() && removed.isEmpty()) {
			throw new InvalidDocument(List.of(new Violation("/Tags", "is required, or RemoveTags is")));
		}
		return new Instructions(false, set, removed);
	}

}
