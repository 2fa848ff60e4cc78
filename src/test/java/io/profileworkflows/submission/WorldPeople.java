package io.profileworkflows.submission;

import java.util.Objects;

import io.profileworkflows.workflow.Phase;
import org.jspecify.annotations.Nullable;

import static io.profileworkflows.submission.Clocks.MINUTE;
import static io.profileworkflows.submission.Clocks.SECOND;

/**
 * Who asks for workflows, deletes them, makes others at AWS without us, decides what the
 * service cannot, and restores the database.
 */
final class WorldPeople {

	/** Some begin with others. */
	private static final String[] FLOW_NAMES = { "orders", "orders-eu", "orders-eu-2", "leads" };

	/** None is one of ours, but some begin with one. */
	private static final String[] FOREIGN_NAMES = { "orders-b9", "orders-eu-old", "orders-eu-2x", "order", "leads2",
			"leads-old", "xorders", "tickets" };

	/** Of a schedule. */
	static final int MOST_WORKFLOWS = 6;

	private final World world;

	private final boolean hasOperator;

	private int requests;

	private @Nullable WorldTables snapshot;

	WorldPeople(World world) {
		this.world = world;
		this.hasOperator = world.chance().oneIn(2);
	}

	void plan() {
		var chance = world.chance();
		var names = chance.between(1, FLOW_NAMES.length);
		for (var name = 0; name < names; name++) {
			var flowName = FLOW_NAMES[name];
			later(3 * MINUTE, () -> ask(flowName));
		}
		for (var foreign = chance.between(0, 3); foreign > 0; foreign--) {
			var flowName = chance.pick(FOREIGN_NAMES);
			later(10 * MINUTE, () -> world.aws().makeForeign(flowName, !chance.oneIn(3)));
		}
		if (chance.oneIn(4)) {
			later(20 * MINUTE, () -> world.aws().deleteForeign());
		}
		if (chance.oneIn(6)) {
			planRestore();
		}
	}

	private void later(long within, Runnable action) {
		world.agenda().add(world.now() + world.chance().between(0, within), action);
	}

	private void ask(String flowName) {
		if (world.isDown()) {
			later(10 * MINUTE, () -> ask(flowName));
			return;
		}
		var chance = world.chance();
		var spoilsAt = chance.oneIn(30) ? world.now() + chance.between(0, MINUTE) : Actor.NEVER;
		var asked = new WorldWorkflow(requests, flowName, spoilsAt);
		if (requests == MOST_WORKFLOWS || !world.tables().accept(asked)) {
			return;
		}
		requests++;
		world.log("somebody asks for %s", asked);
		if (chance.oneIn(2) && world.tables().passesNobody(asked)) {
			world.beginsAtOnce(asked);
		}
		if (chance.oneIn(5)) {
			later(chance.oneIn(2) ? 10 * SECOND : 15 * MINUTE, () -> delete(asked.request));
		}
	}

	private void delete(int request) {
		if (world.isDown()) {
			later(10 * MINUTE, () -> delete(request));
			return;
		}
		var workflow = world.tables().find(request);
		if (workflow != null) {
			world.log("somebody deletes %s", workflow);
			world.tables().delete(workflow);
		}
	}

	/** Follows what concerns people. */
	void hasBecome(WorldWorkflow workflow) {
		switch (workflow.phase) {
			case DELETING -> later(20 * SECOND, () -> deleteAtAws(workflow.request));
			case NEEDS_REVIEW -> callOperator(workflow.request);
			case CANCELLED, DELETED, REJECTED -> askAgain(workflow);
			case ACCEPTED, SUBMITTING, UNCONFIRMED, SUBMITTED, FINISHED -> {
			}
		}
	}

	private void deleteAtAws(int request) {
		var workflow = world.tables().find(request);
		if (workflow != null && workflow.phase == Phase.DELETING && !world.isDown()) {
			world.count(Happening.DELETED);
			world.aws().delete(Objects.requireNonNull(workflow.remoteId));
			world.tables().change(workflow, Phase.DELETED);
		}
	}

	private void askAgain(WorldWorkflow workflow) {
		if (workflow.phase == Phase.CANCELLED) {
			world.count(Happening.CANCELLED);
		}
		if (requests < MOST_WORKFLOWS && world.chance().oneIn(2)) {
			world.count(Happening.ASKED_AGAIN);
			later(MINUTE, () -> ask(workflow.flowName));
		}
	}

	private void callOperator(int request) {
		if (hasOperator) {
			later(20 * MINUTE, () -> redrive(request));
			world.agenda().add(world.now() + world.chance().between(8 * MINUTE, 15 * MINUTE), () -> decide(request));
		}
	}

	// in vain: parked work is only decided about
	private void redrive(int request) {
		var workflow = world.tables().find(request);
		if (workflow != null) {
			workflow.work.redrive(world.now());
		}
	}

	// a careful one: looks when nothing can arrive any more, and finds what is there
	private void decide(int request) {
		var workflow = world.tables().find(request);
		if (workflow == null || workflow.phase != Phase.NEEDS_REVIEW || world.isDown()) {
			return;
		}
		var own = world.aws().findOwnOf(request);
		workflow.work.isThere = false;
		world.tables().absent(workflow);
		if (own != null && !world.tables().isHeld(own.id)) {
			world.count(Happening.OPERATOR_ADOPTS);
			world.tables().confirm(workflow, own.id, true);
		}
		else if (world.chance().oneIn(2)) {
			world.count(Happening.OPERATOR_RESUBMITS);
			workflow.work.add(world.now());
			world.tables().change(workflow, Phase.ACCEPTED);
		}
		else {
			world.count(Happening.OPERATOR_GIVES_UP);
			workflow.isGivenUp = true;
			world.tables().change(workflow, Phase.REJECTED);
		}
	}

	private void planRestore() {
		var copied = world.now() + world.chance().between(0, 10 * MINUTE);
		var restored = copied + world.chance().between(SECOND, 12 * MINUTE);
		world.agenda().add(copied, () -> snapshot = world.tables().copy());
		world.agenda().add(restored, () -> restore(copied));
	}

	private void restore(long copiedAt) {
		world.count(Happening.RESTORED);
		var before = world.tables().workflows().size();
		var restored = Objects.requireNonNull(snapshot);
		for (var lost = restored.workflows().size(); lost < before; lost++) {
			world.count(Happening.WORKFLOW_LOST);
		}
		var upAgain = world.now() + world.chance().between(SECOND, 5 * MINUTE);
		world.restore(restored, upAgain);
		world.agenda().add(upAgain, () -> {
			if (!world.breaks(Breach.NO_RECOVERY)) {
				world.tables().recover(copiedAt);
			}
			world.tables().workflows().forEach(this::resume);
		});
	}

	private void resume(WorldWorkflow workflow) {
		if (workflow.phase == Phase.DELETING) {
			later(20 * SECOND, () -> deleteAtAws(workflow.request));
		}
		if (workflow.phase == Phase.NEEDS_REVIEW) {
			callOperator(workflow.request);
		}
	}

}
