package io.profileworkflows.workflow.web;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * ListTagsForResource's answer, in lower camel case as at AWS. Unlike {@link TagsBody
 * TagResource's} tags it may be empty.
 */
@Schema(name = "ListTagsForResourceResponse")
record TagListView(@JsonProperty("tags") Map<String, String> tags) {
}
