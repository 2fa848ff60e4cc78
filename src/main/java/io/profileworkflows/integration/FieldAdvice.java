package io.profileworkflows.integration;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Fields that are fetched for nothing, or used though nobody fetches them.
 */
final class FieldAdvice {

	private final Tasks tasks;

	private final Complaints complaints;

	FieldAdvice(Tasks tasks, Complaints complaints) {
		this.tasks = tasks;
		this.complaints = complaints;
	}

	/**
	 * Looks at the fields of tasks with one PROJECTION.
	 * @param pulledBy the field that tells what is new, if there is one
	 */
	void onProjection(int projection, @Nullable String pulledBy) {
		bringsOverWhatIsProjected(projection, pulledBy);
		projectsWhatIsUsed(projection);
	}

	void onTasks() {
		changesWhatIsBroughtOver();
		mapsToEachDestinationOnce();
	}

	private void bringsOverWhatIsProjected(int projection, @Nullable String pulledBy) {
		var needed = new HashSet<>(tasks.broughtOver());
		needed.addAll(tasks.filteredBy());
		if (pulledBy != null) {
			needed.add(pulledBy);
		}
		complainOfFieldsBeyond(needed, projection, "is projected, but no Map task brings it to a destination");
	}

	private void projectsWhatIsUsed(int projection) {
		var known = new HashSet<>(Tasks.fieldsOf(tasks.all().get(projection)));
		if (known.isEmpty()) {
			return;
		}
		known.addAll(tasks.made());
		for (int index = 0; index < tasks.all().size(); index++) {
			complainOfFieldsBeyond(known, index, "is not among the fields of the PROJECTION");
		}
	}

	private void changesWhatIsBroughtOver() {
		var broughtOver = tasks.broughtOver();
		for (int index = 0; index < tasks.all().size(); index++) {
			var task = tasks.all().get(index);
			if (task == null || !Tasks.isOf(task, Tasks.CHANGING)) {
				continue;
			}
			complainOfFieldsBeyond(broughtOver, index,
					"is brought over by no Map task, so what becomes of it here reaches nobody");
		}
	}

	private void mapsToEachDestinationOnce() {
		var destinations = new HashSet<String>();
		for (int index = 0; index < tasks.all().size(); index++) {
			var task = tasks.all().get(index);
			var destination = (task != null && Tasks.isOf(task, EnumSet.of(TaskType.Map))) ? task.destinationField()
					: null;
			if (destination != null && !destination.isEmpty() && !destinations.add(destination)) {
				complaints.add("is the destination of another Map task as well, and one overwrites the other", "tasks",
						index, "destinationField");
			}
		}
	}

	private void complainOfFieldsBeyond(Set<String> known, int index, String message) {
		var fields = Tasks.fieldsOf(tasks.all().get(index));
		for (int position = 0; position < fields.size(); position++) {
			@Nullable String field = fields.get(position);
			if (field != null && !known.contains(field)) {
				complaints.add(message, "tasks", index, "sourceFields", position);
			}
		}
	}

}
