package io.profileworkflows.flows;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.profileworkflows.appflow.AppFlow;
import io.profileworkflows.appflow.DescribedFlow;
import io.profileworkflows.appflow.RemoteRun;
import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.Operation;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.LogFields;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.WorkflowNotFound;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks at single flows, and writes down what was seen and how they are.
 */
@Component
class FlowFollower {

	static final String ACTOR = "flows";

	/** So many runs of each flow are kept. */
	static final int MOST_RUNS_KEPT = 200;

	/** Of a listing of runs whose order nobody documents. */
	private static final int MOST_PAGES = 10;

	private static final Logger log = LoggerFactory.getLogger(FlowFollower.class);

	private final AppFlow appFlow;

	private final FollowedFlows flows;

	private final Workflows workflows;

	private final TransactionOperations transactions;

	private final FlowsSettings settings;

	private final Clock clock;

	FlowFollower(AppFlow appFlow, FollowedFlows flows, Workflows workflows, TransactionOperations transactions,
			FlowsSettings settings, Clock clock) {
		this.appFlow = appFlow;
		this.flows = flows;
		this.workflows = workflows;
		this.transactions = transactions;
		this.settings = settings;
		this.clock = clock;
	}

	/** Begins to follow the flows of workflows that became complete. */
	void takeOn() {
		flows.leaveOut();
		for (var id : flows.notYetFollowed()) {
			workflows.find(id).ifPresent(workflow -> {
				var asked = Asked.of(workflows.requestOf(workflow), workflow.updatedAt());
				flows.begin(id, WrittenFlow.begin(workflow.flowName(), asked));
			});
		}
	}

	/**
	 * Asks AppFlow about one flow: for its definition where that changed or it is not
	 * listed, for its runs where it ran.
	 * @param blindness what need not be asked for
	 * @throws CallFailed if AWS gave no answer
	 */
	Look look(FollowedFlow flow, boolean isListed, Blindness blindness) {
		var look = new Look(flow, blindness);
		flows.lookedAt(flow.id(), clock.instant());
		if (!isListed || flow.written().needsDescription()) {
			look = describe(look);
		}
		return look.flow().written().needsRuns() ? readRuns(look) : look;
	}

	private Look describe(Look look) {
		var flow = look.flow();
		if (look.blindness().definitions()) {
			return look.hideDefinition();
		}
		try {
			return look.with(appFlow.describe(Priority.SWEEP, flow.written().flowName())
				.map(found -> described(flow, found))
				.orElseGet(flow.written()::vanish));
		}
		catch (CallFailed failure) {
			if (failure.isOwnCredentials()) {
				return look.hideDefinition();
			}
			throw failure;
		}
	}

	private WrittenFlow described(FollowedFlow flow, DescribedFlow found) {
		var request = workflows.find(flow.id()).map(workflow -> workflow.request());
		var differences = request.map(asked -> Drift.of(asked, found.definition(), flow.isItself()))
			.orElseGet(List::of);
		return flow.written()
			.see(found.listed())
			.describe(Text.line(found.statusMessage()), timing(found, flow.written().asked()), differences);
	}

	private static Asked timing(DescribedFlow found, Asked asked) {
		var trigger = members(found.definition().get("TriggerConfig"));
		var scheduled = members(members(trigger.get("TriggerProperties")).get("Scheduled"));
		var since = (asked.schedule() != null) ? asked.schedule().since() : Instant.EPOCH;
		var expression = text(scheduled.get("ScheduleExpression"));
		return new Asked(Optional.ofNullable(text(trigger.get("TriggerType"))).orElse(asked.trigger()),
				(expression == null) ? null : new Timetable(expression, time(scheduled.get("ScheduleStartTime")),
						time(scheduled.get("ScheduleEndTime")), text(scheduled.get("Timezone")), since));
	}

	private static Map<?, ?> members(@Nullable Object value) {
		return (value instanceof Map<?, ?> map) ? map : Map.of();
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof String text) ? text : null;
	}

	private static @Nullable Instant time(@Nullable Object value) {
		return (value instanceof Instant time) ? time : null;
	}

	private Look readRuns(Look look) {
		var flow = look.flow();
		if (look.blindness().runs()) {
			return look.hideRuns();
		}
		try {
			var runs = runs(flow.written().flowName());
			// what became of the flow itself only DescribeFlow tells
			return runs.isEmpty() ? look : look.with(flow.written().read(keep(flow.id(), runs.get())));
		}
		catch (CallFailed failure) {
			if (failure.isOwnCredentials()) {
				return look.hideRuns();
			}
			throw failure;
		}
	}

	private Optional<List<RemoteRun>> runs(String flowName) {
		var runs = new ArrayList<RemoteRun>();
		@Nullable String token = null;
		for (int number = 0; number < MOST_PAGES; number++) {
			var page = appFlow.runs(Priority.SWEEP, flowName, token);
			if (page.isEmpty()) {
				return Optional.empty();
			}
			runs.addAll(page.get().runs());
			token = page.get().nextToken();
			if (token == null || descends(page.get().runs())) {
				break;
			}
		}
		return Optional.of(runs);
	}

	/** Whether what follows is older, and not worth a call. */
	private static boolean descends(List<RemoteRun> runs) {
		var first = runs.isEmpty() ? null : runs.getFirst().startedAt();
		var last = runs.isEmpty() ? null : runs.getLast().startedAt();
		return first != null && last != null && first.isAfter(last);
	}

	private List<Run> keep(WorkflowId id, List<RemoteRun> runs) {
		var read = runs.stream().map(Run::of).toList();
		transactions.executeWithoutResult(_ -> {
			flows.addRuns(id, read);
			flows.forgetRunsBeyond(id, MOST_RUNS_KEPT);
		});
		return read;
	}

	/** Writes down what was seen, and shows how the flows are where that is news. */
	void show(Collection<FollowedFlow> seen) {
		if (seen.isEmpty()) {
			return;
		}
		var now = clock.instant();
		seen.forEach(flow -> show(flow, now));
		flows.checked(
				seen.stream().filter(flow -> flow.written().hidden().all() == null).map(FollowedFlow::id).toList(),
				now);
	}

	private void show(FollowedFlow flow, Instant now) {
		var diagnosis = Diagnosis.of(flow.written(), settings.emptyRuns(), now);
		try {
			transactions.executeWithoutResult(_ -> {
				if (flow.isNews()) {
					flows.write(flow.id(), flow.written());
				}
				if (!diagnosis.state().equals(flow.shown())
						&& workflows.showFlow(flow.id(), diagnosis.state(), cause(diagnosis))) {
					tell(flow, diagnosis.state().health());
				}
			});
		}
		catch (WorkflowNotFound _) {
			log.debug("Workflow {} was deleted while its flow was looked at", flow.id());
		}
	}

	private static Cause cause(Diagnosis diagnosis) {
		return Cause.of(ACTOR, "The flow is %s: %s".formatted(diagnosis.state().health(), diagnosis.brief()));
	}

	private static void tell(FollowedFlow flow, FlowHealth health) {
		try (var _ = LogFields.of(flow.domainName(), flow.id())) {
			log.info("The flow of workflow {} is {}", flow.id(), health);
		}
	}

	/**
	 * What is known of a flow after a look at it.
	 *
	 * @param blindness what AWS has refused to show
	 */
	record Look(FollowedFlow flow, Blindness blindness) {

		Look with(WrittenFlow now) {
			return new Look(flow.with(now), blindness);
		}

		Look hideDefinition() {
			var hidden = flow.written().hidden().definition(Denied.of(Operation.DESCRIBE_FLOW));
			return new Look(flow.with(flow.written().hide(hidden)), blindness.forDefinitions());
		}

		Look hideRuns() {
			var hidden = flow.written().hidden().runs(Denied.of(Operation.DESCRIBE_FLOW_EXECUTION_RECORDS));
			return new Look(flow.with(flow.written().hide(hidden)), blindness.forRuns());
		}

	}

}
