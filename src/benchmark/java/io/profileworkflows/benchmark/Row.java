package io.profileworkflows.benchmark;

/**
 * A row of the table.
 *
 * @param what is measured, by which the row is found again
 * @param service the service's figure
 * @param peer what it is compared with
 * @param ratio of the two, or empty
 * @param holds whether its goal is reached, if it has one
 */
record Row(What what, String service, String peer, String ratio, boolean holds) {

	/** As the table has it; the goal stands with the row that it is about. */
	String line(String date) {
		var held = what.goal.isEmpty() ? "" : holds ? "yes" : "**no**";
		return "| %s | %s | %s | %s | %s | %s | %s |".formatted(what.title, service, peer, ratio, what.goal, held,
				date);
	}

	/**
	 * All that is measured, in the order of the table.
	 */
	enum What {

		START("start until it is ready", "≤ 0.6"),

		IDLE("resident memory, idle", "≤ 300 MiB"),

		COST_WAL("WAL of a workflow, accept to SUBMITTED", "≤ 6 KiB"),

		COST_TIME("processor time of a workflow, PostgreSQL and JVM", "≤ 5 ms"),

		ANSWER_TO_CALL("commit to call at 20 a second", "p50 ≤ 5 ms, p99 ≤ 25 ms"),

		ACCEPT("accept over HTTP, 16 clients", "≥ 0.7"),

		WARM_UP("accept in the first 30 s after readiness", "≥ 0.6"),

		ACCEPT_LATENCY("accept at a quarter of that rate", "p99 ≤ 25 ms"),

		DRAIN_OF_PLAIN("drain of waiting submissions, against SQL that writes the same", "≥ 0.5"),

		DRAIN("drain of waiting submissions", "≥ 0.5"),

		DISPATCH_HERE("dispatch on the replica that accepted", "p99 ≤ 4 times the peer's"),

		DISPATCH_THERE("dispatch on another replica", "p99 ≤ 25 ms"),

		DISPATCH_CALM("dispatch at 50 a second, on the replica that accepted", ""),

		ACCEPT_AMONG_MANY("accept among many finished workflows", "≤ 1.1"),

		CLAIM_AMONG_MANY("drain among many finished workflows", "≤ 1.1"),

		SNAPSHOT("accepted and worked off while another session holds a snapshot", "≥ 0.95"),

		SNAPSHOT_ACCEPT("accept at full rate after that", "≥ 0.95"),

		SNAPSHOT_DRAIN("drain after that", "≥ 0.95"),

		MEMORY("resident memory, accepting at full rate", "≤ 420 MiB, no growth in the last half");

		private final String title;

		/** Empty where there is none. */
		private final String goal;

		What(String title, String goal) {
			this.title = title;
			this.goal = goal;
		}

		/** Whether a line of the table is about this. */
		boolean isIn(String line) {
			return line.startsWith("| " + title + " |");
		}

	}

}
