package io.profileworkflows.flows;

/**
 * What AWS does not let us see. Where it refused one flow, it refuses the next: the same
 * is not asked for again in that sweep.
 */
record Blindness(boolean definitions, boolean runs) {

	static final Blindness NONE = new Blindness(false, false);

	Blindness forDefinitions() {
		return new Blindness(true, runs);
	}

	Blindness forRuns() {
		return new Blindness(definitions, true);
	}

}
