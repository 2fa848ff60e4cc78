package io.profileworkflows.submission;

import java.util.Objects;

import io.profileworkflows.customerprofiles.Turn;
import io.profileworkflows.workflow.Phase;
import org.jspecify.annotations.Nullable;

/**
 * A process that submits, step by step: what {@code SubmissionWorker} and
 * {@code Settlement} do, with everything in between that may happen there.
 */
final class WorldWorker implements Actor {

	private enum Stage {

		IDLE, CLAIMED, BEGUN, SIGNED, CHECKED, SENT, ANSWERED

	}

	private final World world;

	private final String name;

	/** How far its clock is ahead of AWS's. */
	private final long lead;

	private Stage stage = Stage.IDLE;

	private long at;

	private int request;

	private String flowName = "";

	private long claim;

	private @Nullable Turn turn;

	/**
	 * Whether the attempt that is not sent had no turn, and nothing else is the matter.
	 */
	private boolean isWithoutTurn;

	private long deadline;

	private int attempt;

	private long startedAt;

	private long date;

	private WorldAws.@Nullable Flight flight;

	private Attempt.Outcome outcome = Attempt.Outcome.UNKNOWN;

	private @Nullable String remoteId;

	WorldWorker(World world, String name) {
		this.world = world;
		this.name = name;
		var chance = world.chance();
		this.lead = world.breaks(Breach.CLOCK_AHEAD_OF_AWS) ? 4 * Clocks.MINUTE
				: chance.oneIn(2) ? chance.upTo(Clocks.MOST_LEAD) : -chance.upTo(Clocks.MINUTE);
	}

	@Override
	public long at() {
		return switch (stage) {
			case IDLE -> notBefore(Math.max(world.tables().nextSubmission(), world.budget().askAgain()));
			case SENT -> notBefore(Math.min(Objects.requireNonNull(flight).answeredAt(), deadline));
			case CLAIMED, BEGUN, SIGNED, CHECKED, ANSWERED -> at;
		};
	}

	private long notBefore(long time) {
		return (time == NEVER) ? NEVER : Math.max(at, time);
	}

	/** Dies, and comes back later. */
	void die(long until) {
		stage = Stage.IDLE;
		flight = null;
		at = until + world.chance().between(1L, 2000L);
	}

	@Override
	public void step() {
		if (stage != Stage.IDLE && world.isFaulty(60)) {
			world.count(Happening.CRASHED);
			world.log("%s crashes while %s", name, stage);
			die(world.now() + world.chance().between(Clocks.SECOND, Clocks.MINUTE));
			return;
		}
		switch (stage) {
			case IDLE -> claim();
			case CLAIMED -> begin();
			case BEGUN -> sign();
			case SIGNED -> check();
			case CHECKED -> send();
			case SENT -> receive();
			case ANSWERED -> settle();
		}
		pause();
	}

	/** Until its next step. */
	private void pause() {
		at = world.now() + world.pause(name);
		if (stage == Stage.BEGUN && world.isFaulty(4)) {
			// it waits for a connection until the last moment
			at = deadline - world.chance().between(1L, 2 * Clocks.SECOND);
		}
		if (stage == Stage.CHECKED) {
			at = Math.max(at, WorldBudget.milliseconds(turn().at()) + world.chance().between(0L, 200L));
		}
	}

	private Turn turn() {
		return Objects.requireNonNull(turn);
	}

	private void claim() {
		turn = world.budget().tryTake();
		if (turn == null) {
			return;
		}
		var claimed = world.tables().claimSubmission();
		if (claimed == null) {
			return;
		}
		request = claimed.request;
		flowName = claimed.flowName;
		claim = claimed.work.claim;
		stage = Stage.CLAIMED;
		world.log("%s claims #%d (claim %d)", name, request, claim);
	}

	/**
	 * Begins what somebody asks for in the transaction that accepts it: work, claim and
	 * attempt are there together with the workflow.
	 * @return false where it has no turn, or something else to do
	 */
	boolean begins(WorldWorkflow accepted) {
		if (stage != Stage.IDLE || at > world.now()) {
			return false;
		}
		turn = world.budget().tryTake();
		if (turn == null) {
			return false;
		}
		world.tables().claim(accepted.work);
		request = accepted.request;
		flowName = accepted.flowName;
		claim = accepted.work.claim;
		world.count(Happening.STRAIGHT);
		world.log("%s goes straight on with #%d (claim %d)", name, request, claim);
		begin();
		pause();
		return true;
	}

	private void begin() {
		stage = Stage.IDLE;
		deadline = world.now() + Clocks.CALL_TIMEOUT;
		isWithoutTurn = false;
		var tables = world.tables();
		var workflow = tables.find(request);
		if (workflow == null || !tables.hold(workflow.work, claim, Clocks.CALL_TIMEOUT)) {
			return;
		}
		if (world.isFaulty(400)) {
			park(workflow);
			return;
		}
		var spoiled = (world.now() > workflow.spoilsAt) ? "its schedule has passed" : null;
		var move = Protocol.whenClaimed(workflow.phase, workflow.attempts, spoiled);
		if (!(move instanceof NextStep.Send)) {
			carryOut(move, workflow);
			return;
		}
		world.count(Happening.SEND);
		world.invariants().maySend(workflow);
		startedAt = world.now();
		if (world.breaks(Breach.NO_WRITE_AHEAD)) {
			attempt = workflow.attempts.size() + 1;
		}
		else {
			attempt = tables.begin(workflow, startedAt, Clocks.CALL_TIMEOUT);
			tables.change(workflow, Phase.SUBMITTING);
		}
		stage = Stage.BEGUN;
	}

	// whatever failed so often that nobody tries it again
	private void park(WorldWorkflow workflow) {
		workflow.work.park();
		if (workflow.phase == Phase.ACCEPTED || workflow.phase == Phase.SUBMITTING) {
			world.count(Happening.PARKED);
			workflow.review = null;
			world.tables().change(workflow, Phase.NEEDS_REVIEW);
		}
	}

	private void sign() {
		date = world.aws().atAws() + lead;
		stage = Stage.SIGNED;
	}

	private void check() {
		if (world.now() >= deadline && !world.breaks(Breach.NO_DEADLINE_CHECK)) {
			world.count(Happening.WITHHELD);
			world.log("%s withholds attempt %d at #%d", name, attempt, request);
			answered(Attempt.Outcome.NOT_SENT, null);
			return;
		}
		stage = Stage.CHECKED;
	}

	private void send() {
		if (turn().isOver(WorldBudget.nanos(world.now())) && !world.breaks(Breach.NO_TURN_CHECK)) {
			takeAnew();
			return;
		}
		world.invariants().mayLeave(turn());
		flight = world.aws().send(request, flowName, attempt, date);
		stage = Stage.SENT;
	}

	private void takeAnew() {
		world.count(Happening.TURN_GIVEN_UP);
		world.log("%s gives up the turn of attempt %d at #%d", name, attempt, request);
		if (world.breaks(Breach.GIVEN_UP_BUT_SENT)) {
			world.aws().send(request, flowName, attempt, date);
		}
		turn = world.budget().takeAnew();
		if (turn != null) {
			world.count(Happening.TURN_TAKEN_ANEW);
			stage = Stage.SIGNED;
			return;
		}
		world.count(Happening.TURN_MISSED);
		isWithoutTurn = true;
		answered(Attempt.Outcome.NOT_SENT, null);
	}

	private void receive() {
		var sent = Objects.requireNonNull(flight);
		flight = null;
		// thawed, it may see either first: the answer or that its time is over
		var isAnswered = sent.answeredAt() <= world.now() && (sent.answeredAt() < deadline || world.chance().oneIn(2));
		if (isAnswered) {
			answered(sent.outcome(), sent.remoteId());
		}
		else {
			answered(Attempt.Outcome.UNKNOWN, null);
		}
	}

	private void answered(Attempt.Outcome outcome, @Nullable String remoteId) {
		this.outcome = outcome;
		this.remoteId = remoteId;
		stage = Stage.ANSWERED;
	}

	private void settle() {
		stage = Stage.IDLE;
		var tables = world.tables();
		var workflow = tables.find(request);
		if (workflow == null) {
			return;
		}
		if (world.breaks(Breach.UNKNOWN_IS_NOT_SENT) && outcome == Attempt.Outcome.UNKNOWN) {
			outcome = Attempt.Outcome.NOT_SENT;
		}
		if (world.breaks(Breach.NO_WRITE_AHEAD)) {
			tables.begin(workflow, startedAt, Clocks.CALL_TIMEOUT);
			tables.change(workflow, Phase.SUBMITTING);
		}
		tables.answer(workflow, attempt, outcome, remoteId);
		world.log("%s hears of attempt %d at #%d: %s", name, attempt, request, outcome);
		if (tables.hold(workflow.work, claim, 0)) {
			carryOut(Protocol.whenAttempted(workflow.attempts), workflow);
			return;
		}
		world.count(Happening.LATE_ANSWER);
		if (workflow.phase == Phase.UNCONFIRMED) {
			tables.reconciliation.addOrHasten(world.now(), 0);
		}
	}

	private void carryOut(NextStep move, WorldWorkflow workflow) {
		var tables = world.tables();
		switch (move) {
			case NextStep.Confirm(var made) -> {
				world.count(Happening.CONFIRM);
				workflow.work.finish();
				tables.confirm(workflow, Objects.requireNonNull(made.remoteWorkflowId()), false);
			}
			case NextStep.Reject _ -> {
				world.count(Happening.REJECT);
				workflow.work.finish();
				tables.change(workflow, Phase.REJECTED);
			}
			case NextStep.GiveUp _ -> {
				world.count(Happening.GIVE_UP);
				workflow.work.finish();
				tables.change(workflow, Phase.REJECTED);
			}
			case NextStep.Requeue(var _, var unsentInARow) -> {
				world.count(Happening.REQUEUE);
				workflow.work.putOff(world.now() + (isWithoutTurn ? 0 : unsentInARow * Clocks.SECOND));
				tables.change(workflow, Phase.ACCEPTED);
			}
			case NextStep.LoseSight _ -> {
				world.count(Happening.LOSE_SIGHT);
				workflow.work.finish();
				tables.change(workflow, Phase.UNCONFIRMED);
			}
			case NextStep.Leave _ -> {
				world.count(Happening.LEAVE);
				workflow.work.finish();
			}
			case NextStep.Send _ -> throw new IllegalStateException("Sending is not settled but begun");
		}
	}

}
