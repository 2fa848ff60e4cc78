package io.profileworkflows.workflow.web;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * ListTagsForResource's answer, in lower camel case as at AWS. Unlike {@link TagsBody
 * TagResource's} tags it may be empty.
 */
record TagListView(@JsonProperty("tags") Map<String, String> tags) {
}
