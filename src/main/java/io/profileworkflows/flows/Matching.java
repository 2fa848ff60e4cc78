package io.profileworkflows.flows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.profileworkflows.appflow.ListedFlow;
import io.profileworkflows.workflow.WorkflowId;

/**
 * Whose flows those of a listing are: told by names alone, as reconciliation tells it. An
 * equal name is best. One that goes on where ours ends is taken if no other name that is
 * known here fits longer, and it is the only one.
 */
class Matching {

	private final Map<WorkflowId, List<ListedFlow>> longer = new HashMap<>();

	/**
	 * Takes a page of a listing.
	 * @param known the FlowNames known here with which its names begin, and whose they
	 * are
	 * @return those that have a name that was asked for
	 */
	Map<WorkflowId, ListedFlow> see(List<ListedFlow> page, Map<String, WorkflowId> known) {
		var equal = new HashMap<WorkflowId, ListedFlow>();
		for (var flow : page) {
			var itself = known.get(flow.flowName());
			if (itself != null) {
				equal.put(itself, flow);
				continue;
			}
			known.keySet()
				.stream()
				.filter(flow.flowName()::startsWith)
				.max(Comparator.comparingInt(String::length))
				.ifPresent(name -> longer.computeIfAbsent(known.get(name), _ -> new ArrayList<>()).add(flow));
		}
		return equal;
	}

	/** The flows whose names go on where that of a workflow ends. */
	List<ListedFlow> longerThan(WorkflowId workflow) {
		return longer.getOrDefault(workflow, List.of());
	}

}
