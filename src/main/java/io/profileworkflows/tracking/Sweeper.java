package io.profileworkflows.tracking;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.customerprofiles.Unreadable;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.RunningWorkflows;
import io.profileworkflows.workflow.TrackedWorkflow;
import io.profileworkflows.workflow.WorkKinds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Follows all that runs at AWS in a domain by its listing, a hundred workflows to a page,
 * and looks closer only at what changed: AWS allows five reads a second for everybody.
 */
@Component
class Sweeper implements WorkHandler {

	private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

	private final Listing listing;

	private final Follower follower;

	private final RunningWorkflows running;

	private final Duplicates duplicates;

	private final SweepTimes times;

	private final Unreadable unreadable;

	private final Outbox outbox;

	private final TransactionOperations transactions;

	private final TrackingSettings settings;

	private final Clock clock;

	Sweeper(Listing listing, Follower follower, RunningWorkflows running, Duplicates duplicates, SweepTimes times,
			Unreadable unreadable, Outbox outbox, TransactionOperations transactions, TrackingSettings settings,
			Clock clock) {
		this.listing = listing;
		this.follower = follower;
		this.running = running;
		this.duplicates = duplicates;
		this.times = times;
		this.unreadable = unreadable;
		this.outbox = outbox;
		this.transactions = transactions;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public String kind() {
		return WorkKinds.TRACKING;
	}

	@Override
	public int slots() {
		return settings.slots();
	}

	@Override
	public Result handle(Work work) {
		var tracked = running.in(work.domain());
		try {
			return (tracked.isEmpty() || sweep(work, tracked)) ? Result.decide(() -> end(work))
					: Result.again(Duration.ZERO);
		}
		catch (CallFailed failure) {
			log.warn("The sweep of domain {} broke off: {}", work.domain(), failure.getMessage());
			return Result.later(Objects.requireNonNullElse(failure.retryAfter(), settings.sweepInterval()));
		}
	}

	/**
	 * @return false when the time was too short for all that runs; what was seen is
	 * remembered, so that the next sweep gets further
	 */
	private boolean sweep(Work work, List<TrackedWorkflow> tracked) {
		var domainName = work.domain();
		var sweep = new Sweep(domainName, tracked, unreadable);
		var whileWatching = Deadline.in(timeToLook());
		listing.read(domainName, Window.over(tracked), page -> see(page, sweep, work, whileWatching));
		times.seen(domainName);
		outbox.renew(work);
		// however long the listing took, and never longer than the lease then holds
		var deadline = Deadline.in(timeToLook());
		return sweep.lookAtChanges(follower, settings.sweepInterval(), deadline)
				&& sweep.endWhatIsGone(follower, clock.instant().minus(settings.listLag()), deadline);
	}

	private Duration timeToLook() {
		return outbox.lease().dividedBy(2);
	}

	/**
	 * @return whether to turn to the next page
	 */
	private boolean see(List<RemoteListItem> page, Sweep sweep, Work work, Deadline whileWatching) {
		var changes = sweep.see(page);
		if (!changes.isEmpty()) {
			transactions.executeWithoutResult(
					_ -> changes.forEach(change -> follower.takeOverStatus(change.workflow().id(), change.item())));
		}
		outbox.renew(work);
		duplicates.watch(work.domain(), page, whileWatching);
		return !sweep.hasSeenAll();
	}

	// under the work's lock, so that a workflow that is submitted meanwhile is not
	// overlooked
	private Result end(Work work) {
		return running.lastChangeIn(work.domain())
			.map(lastChange -> Result.again(settings.pauseAfter(lastChange, clock.instant())))
			.orElseGet(Result::done);
	}

}
