package io.profileworkflows.appflow;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.appflow.model.DescribeFlowResponse;

/**
 * The definition of a flow in the words of Customer Profiles' API, which has the same
 * members and begins their names with a capital.
 */
final class Members {

	private Members() {
	}

	static Map<String, Object> of(DescribeFlowResponse answer) {
		var members = new LinkedHashMap<String, Object>();
		put(members, "Description", answer.description());
		put(members, "FlowName", answer.flowName());
		put(members, "KmsArn", answer.kmsArn());
		put(members, "SourceFlowConfig", answer.sourceFlowConfig());
		put(members, "TriggerConfig", answer.triggerConfig());
		put(members, "Tasks", answer.hasTasks() ? answer.tasks() : null);
		return members;
	}

	private static void put(Map<String, Object> members, String name, @Nullable Object value) {
		var plain = plain(value);
		if (plain != null) {
			members.put(name, plain);
		}
	}

	private static @Nullable Object plain(@Nullable Object value) {
		return switch (value) {
			case null -> null;
			case SdkPojo structure -> plain(structure);
			case Collection<?> list when isAbsent(list) -> null;
			case Collection<?> list -> list.stream().map(Members::plain).filter(Objects::nonNull).toList();
			case Map<?, ?> map when isAbsent(map) -> null;
			case Map<?, ?> map -> plain(map);
			default -> value;
		};
	}

	/** The SDK has empty collections of its own for what is not there. */
	private static boolean isAbsent(Object collection) {
		return collection.getClass().getSimpleName().startsWith("DefaultSdkAuto");
	}

	private static Map<String, Object> plain(SdkPojo structure) {
		var members = new LinkedHashMap<String, Object>();
		structure.sdkFields()
			.forEach(field -> put(members, capitalized(field.memberName()), field.getValueOrDefault(structure)));
		return members;
	}

	private static Map<String, Object> plain(Map<?, ?> map) {
		var entries = new LinkedHashMap<String, Object>();
		map.forEach((key, value) -> put(entries, String.valueOf(key), value));
		return entries;
	}

	private static String capitalized(String name) {
		return Character.toUpperCase(name.charAt(0)) + name.substring(1);
	}

}
