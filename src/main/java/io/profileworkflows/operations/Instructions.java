package io.profileworkflows.operations;

import java.util.Map;
import java.util.Set;

/**
 * What exactly to do with each workflow.
 *
 * @param adoptionConfirmed whether an operator lets adopted workflows be deleted
 * @param tags to be set
 * @param removedTags keys of tags to be removed
 */
public record Instructions(boolean adoptionConfirmed, Map<String, String> tags, Set<String> removedTags) {

	public static Instructions of(boolean adoptionConfirmed) {
		return new Instructions(adoptionConfirmed, Map.of(), Set.of());
	}

}
