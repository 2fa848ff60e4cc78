package io.profileworkflows.flows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import io.profileworkflows.appflow.ListedFlow;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * What one listing of the account's flows brings to light, and what is worth a closer
 * look: what is no longer listed first, then what ran, then what was changed, and of
 * these what was looked at longest ago.
 */
class FlowSweep {

	private static final String AMBIGUOUS = "AppFlow has several flows whose names begin with the FlowName, and none "
			+ "with the FlowName itself";

	private final Map<WorkflowId, FollowedFlow> flows = new LinkedHashMap<>();

	private final Set<WorkflowId> listed = new LinkedHashSet<>();

	/** Whose health may be another one by now. */
	private final Set<WorkflowId> seen = new LinkedHashSet<>();

	private final PriorityQueue<FollowedFlow> changed = new PriorityQueue<>(Comparator.comparingInt(this::urgency)
		.thenComparing(FollowedFlow::lookedAt, Comparator.nullsFirst(Comparator.naturalOrder())));

	private final Matching matching = new Matching();

	private Blindness blindness = Blindness.NONE;

	FlowSweep(List<FollowedFlow> followed) {
		followed.forEach(flow -> flows.put(flow.id(), flow));
	}

	boolean isEmpty() {
		return flows.isEmpty();
	}

	/** Takes a page of the listing. */
	void see(List<ListedFlow> page, Map<String, WorkflowId> known) {
		matching.see(page, known).forEach(this::see);
	}

	private void see(WorkflowId id, ListedFlow shown) {
		var flow = flows.get(id);
		if (flow != null) {
			listed.add(id);
			change(flow.with(flow.written().see(shown)));
		}
	}

	/** The listing is whole: what was not in it is worth a look. */
	void settle() {
		for (var flow : List.copyOf(flows.values())) {
			if (listed.contains(flow.id())) {
				continue;
			}
			var longer = matching.longerThan(flow.id());
			if (longer.size() == 1) {
				see(flow.id(), longer.getFirst());
			}
			else if (longer.size() > 1) {
				change(flow.with(flow.written().hide(flow.written().hidden().all(AMBIGUOUS))));
			}
			else if (!flow.written().gone()) {
				changed.add(flow);
			}
		}
		flows.values()
			.stream()
			.filter(flow -> listed.contains(flow.id()))
			.filter(flow -> flow.written().needsDescription() || flow.written().needsRuns())
			.forEach(changed::add);
	}

	boolean isListed(FollowedFlow flow) {
		return listed.contains(flow.id());
	}

	/** The next one that is worth a look, or null. */
	@Nullable FollowedFlow next() {
		return changed.poll();
	}

	/** Takes what a look brought. */
	void learn(FlowFollower.Look look) {
		blindness = look.blindness();
		change(look.flow());
	}

	/** What AWS has refused to show in this sweep. */
	Blindness blindness() {
		return blindness;
	}

	/** Nothing can be seen. What is gone stays so. */
	void hideAll(String why) {
		List.copyOf(flows.values())
			.stream()
			.filter(flow -> !flow.written().gone())
			.forEach(flow -> change(flow.with(flow.written().hide(flow.written().hidden().all(why)))));
	}

	private void change(FollowedFlow flow) {
		flows.put(flow.id(), flow);
		seen.add(flow.id());
	}

	/** What was seen since this was asked last. */
	List<FollowedFlow> takeSeen() {
		var taken = new ArrayList<FollowedFlow>();
		seen.forEach(id -> {
			var flow = flows.get(id);
			if (flow != null) {
				taken.add(flow);
			}
		});
		seen.clear();
		return taken;
	}

	private int urgency(FollowedFlow flow) {
		if (!isListed(flow)) {
			return 0;
		}
		return flow.written().needsRuns() ? 1 : 2;
	}

}
