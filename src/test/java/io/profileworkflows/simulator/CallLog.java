package io.profileworkflows.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Every request that arrived. The counts of creates are exact for as long as the
 * simulator lives (and, with a state file, across restarts); of single calls only the
 * latest are kept.
 */
public final class CallLog {

	private final int kept;

	private final TreeMap<Long, Call> calls = new TreeMap<>();

	private final Map<String, Integer> arrived = new HashMap<>();

	private final Map<String, Integer> made = new HashMap<>();

	private long last;

	CallLog(int kept) {
		this.kept = kept;
	}

	/** The latest calls, oldest first. */
	public synchronized List<Call> all() {
		return List.copyOf(calls.values());
	}

	public List<Call> of(Operation operation) {
		return matching(call -> call.operation() == operation);
	}

	public List<Call> creates(String flowName) {
		return matching(call -> call.isCreate() && flowName.equals(call.flowName()));
	}

	public synchronized List<Call> matching(Predicate<Call> condition) {
		return calls.values().stream().filter(condition).toList();
	}

	/** How many workflows were made by creates with this FlowName. */
	public synchronized int createsOf(String flowName) {
		return made.getOrDefault(flowName, 0);
	}

	/** How many creates with this FlowName arrived, whatever became of them. */
	public synchronized int createCallsOf(String flowName) {
		return arrived.getOrDefault(flowName, 0);
	}

	/** The FlowNames of which more than one workflow was made, with how many. */
	public synchronized Map<String, Integer> createdMoreThanOnce() {
		var moreThanOnce = new TreeMap<String, Integer>();
		made.forEach((flowName, times) -> {
			if (times > 1) {
				moreThanOnce.put(flowName, times);
			}
		});
		return moreThanOnce;
	}

	synchronized long arrive(Call call) {
		var number = ++last;
		calls.put(number,
				new Call(number, call.arrivedAt(), call.method(), call.path(), call.operation(), call.domainName(),
						call.flowName(), call.workflowId(), false, false, 0, call.requestId(), call.fault(),
						call.remoteAddress(), call.headers()));
		if (calls.size() > kept) {
			calls.pollFirstEntry();
		}
		if (call.isCreate() && call.flowName() != null) {
			arrived.merge(call.flowName(), 1, Integer::sum);
		}
		return number;
	}

	synchronized void become(long number, UnaryOperator<Call> change) {
		calls.computeIfPresent(number, (_, call) -> change.apply(call));
	}

	synchronized void made(String flowName) {
		made.merge(flowName, 1, Integer::sum);
	}

	/** Begins anew. */
	public synchronized void forget() {
		clear();
	}

	synchronized void clear() {
		calls.clear();
		arrived.clear();
		made.clear();
	}

}
