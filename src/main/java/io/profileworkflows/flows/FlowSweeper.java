package io.profileworkflows.flows;

import java.time.Clock;
import java.time.Duration;

import io.profileworkflows.appflow.AppFlow;
import io.profileworkflows.appflow.FlowPage;
import io.profileworkflows.appflow.ListedFlow;
import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Operation;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Follows the flows of all complete workflows by AppFlow's listing, a hundred to a page,
 * and looks closer only at what changed. One piece of work for the whole account: the
 * replica that claims it sweeps.
 */
@Component
class FlowSweeper implements WorkHandler {

	private static final Logger log = LoggerFactory.getLogger(FlowSweeper.class);

	private final AppFlow appFlow;

	private final FollowedFlows flows;

	private final FlowFollower follower;

	private final Workflows workflows;

	private final Outbox outbox;

	private final FlowsSettings settings;

	private final Clock clock;

	FlowSweeper(AppFlow appFlow, FollowedFlows flows, FlowFollower follower, Workflows workflows, Outbox outbox,
			FlowsSettings settings, Clock clock) {
		this.appFlow = appFlow;
		this.flows = flows;
		this.follower = follower;
		this.workflows = workflows;
		this.outbox = outbox;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public String kind() {
		return WorkKinds.FLOWS;
	}

	@Override
	public int slots() {
		return 1;
	}

	@Override
	public Result handle(Work work) {
		if (!settings.enabled()) {
			return Result.done();
		}
		var untilNext = Deadline.in(settings.sweepInterval());
		try {
			sweep(work, untilNext);
			return Result.again(untilNext.remaining());
		}
		catch (CallFailed failure) {
			log.warn("The sweep of the flows at AppFlow broke off: {}", failure.getMessage());
			return Result.later(longer(failure.retryAfter(), untilNext.remaining()));
		}
	}

	private static Duration longer(@Nullable Duration one, Duration other) {
		return (one != null && one.compareTo(other) > 0) ? one : other;
	}

	private void sweep(Work work, Deadline untilNext) {
		follower.takeOn();
		var sweep = new FlowSweep(flows.all());
		if (sweep.isEmpty()) {
			return;
		}
		list(work, sweep);
		flows.swept(clock.instant());
		sweep.settle();
		follower.show(sweep.takeSeen());
		try {
			for (var next = sweep.next(); next != null && !untilNext.hasPassed(); next = sweep.next()) {
				outbox.renew(work);
				look(next, sweep);
			}
		}
		finally {
			follower.show(sweep.takeSeen());
		}
	}

	private void look(FollowedFlow flow, FlowSweep sweep) {
		try {
			sweep.learn(follower.look(flow, sweep.isListed(flow), sweep.blindness()));
		}
		catch (CallFailed failure) {
			if (failure.code() == null || failure.isThrottled()) {
				throw failure;
			}
			// AppFlow answers, and the next flow may be one that it can show
			log.warn("The flow of workflow {} could not be looked at: {}", flow.id(), failure.getMessage());
		}
	}

	/** Reads the whole listing, or none of it counts as whole. */
	private void list(Work work, FlowSweep sweep) {
		@Nullable String token = null;
		do {
			outbox.renew(work);
			var page = listed(token, sweep);
			sweep.see(page.flows(),
					workflows.knownBeginningsOf(page.flows().stream().map(ListedFlow::flowName).toList()));
			follower.show(sweep.takeSeen());
			token = page.nextToken();
		}
		while (token != null);
	}

	private FlowPage listed(@Nullable String token, FlowSweep sweep) {
		try {
			return appFlow.list(token);
		}
		catch (CallFailed failure) {
			if (failure.isOwnCredentials()) {
				sweep.hideAll(Denied.of(Operation.LIST_FLOWS));
				follower.show(sweep.takeSeen());
			}
			throw failure;
		}
	}

}
