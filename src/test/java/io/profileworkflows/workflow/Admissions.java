package io.profileworkflows.workflow;

import io.profileworkflows.preflight.Preflight;

/**
 * Admissions that differ from the application's in their preflight.
 */
public final class Admissions {

	private Admissions() {
	}

	public static Admission by(Workflows workflows, Preflight preflight) {
		return new Admission(workflows, preflight);
	}

}
