package io.profileworkflows.integration;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of a flow together: which fields they fetch, make and bring over. Any of them
 * may be incomplete.
 */
final class Tasks {

	/** Their destination is a field that a later task may use. */
	private static final Set<TaskType> MAKING = EnumSet.of(TaskType.Merge, TaskType.Arithmetic, TaskType.Mask,
			TaskType.Truncate);

	/** They change a field that another task brings over. */
	static final Set<TaskType> CHANGING = EnumSet.of(TaskType.Mask, TaskType.Truncate);

	/** What they use arrives, or may do so: Merge and Arithmetic are used by a Map. */
	private static final Set<TaskType> BRINGING = EnumSet.of(TaskType.Map, TaskType.Merge, TaskType.Arithmetic);

	private final List<@Nullable Task> tasks;

	private Tasks(List<@Nullable Task> tasks) {
		this.tasks = tasks;
	}

	/** The tasks, or null where there are none. */
	static @Nullable Tasks of(FlowDefinition flow) {
		@Nullable List<@Nullable Task> tasks = flow.tasks();
		return (tasks == null || tasks.isEmpty()) ? null : new Tasks(tasks);
	}

	List<@Nullable Task> all() {
		return tasks;
	}

	/**
	 * Whether each says what it is. Nothing is missing as long as one may be it.
	 */
	boolean areReadable() {
		return tasks.stream().allMatch(Tasks::isReadable);
	}

	List<Integer> projections() {
		return IntStream.range(0, tasks.size()).filter(index -> isProjection(tasks.get(index))).boxed().toList();
	}

	boolean bringAnythingOver() {
		return tasks.stream().anyMatch(task -> isOf(task, EnumSet.of(TaskType.Map)));
	}

	/** Fields that do not come from the source. */
	Set<String> made() {
		return tasks.stream()
			.filter(task -> isOf(task, MAKING))
			.map(task -> Objects.requireNonNull(task).destinationField())
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

	/** Fields of the source and of tasks that arrive, as they are or within another. */
	Set<String> broughtOver() {
		var arriving = fieldsOfAll(tasks.stream().filter(task -> isOf(task, BRINGING)));
		var changing = tasks.stream().filter(task -> isOf(task, CHANGING)).toList();
		while (changing.stream()
			.filter(task -> arriving.contains(Objects.requireNonNull(task).destinationField()))
			.map(task -> arriving.addAll(fieldsOf(task)))
			.reduce(false, Boolean::logicalOr)) {
			// a Mask may work on what a Truncate made
		}
		return arriving;
	}

	Set<String> filteredBy() {
		return fieldsOfAll(
				tasks.stream().filter(task -> isOf(task, EnumSet.of(TaskType.Filter)) && !isProjection(task)));
	}

	static boolean isOf(@Nullable Task task, Collection<TaskType> types) {
		@Nullable TaskType type = (task != null) ? task.taskType() : null;
		return type != null && types.contains(type);
	}

	static List<String> fieldsOf(@Nullable Task task) {
		@Nullable List<String> fields = (task != null) ? task.sourceFields() : null;
		return (fields != null) ? fields : List.of();
	}

	private static boolean isProjection(@Nullable Task task) {
		return task != null && ConnectorOperators.PROJECTION.equals(task.operator());
	}

	private static boolean isReadable(@Nullable Task task) {
		@Nullable TaskType type = (task != null) ? task.taskType() : null;
		return task != null && type != null && (type != TaskType.Filter || task.operator() != null);
	}

	private static Set<String> fieldsOfAll(Stream<@Nullable Task> tasks) {
		var fields = new HashSet<String>();
		tasks.forEach(task -> fields.addAll(fieldsOf(task)));
		return fields;
	}

}
