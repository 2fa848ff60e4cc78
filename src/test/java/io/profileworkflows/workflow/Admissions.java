package io.profileworkflows.workflow;

import io.profileworkflows.preflight.Preflight;
import io.profileworkflows.security.ResourceRules;

/**
 * Admissions that differ from the application's in their preflight.
 */
public final class Admissions {

	private Admissions() {
	}

	public static Admission by(Workflows workflows, Preflight preflight, ResourceRules resources) {
		return new Admission(workflows, preflight, resources);
	}

}
