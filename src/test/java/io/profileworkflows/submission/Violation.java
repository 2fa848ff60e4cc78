package io.profileworkflows.submission;

/**
 * A schedule led to what must never be.
 */
class Violation extends RuntimeException {

	private static final long serialVersionUID = 1;

	Violation(String invariant) {
		super(invariant);
	}

}
