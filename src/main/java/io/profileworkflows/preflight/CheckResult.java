package io.profileworkflows.preflight;

/**
 * What came of a check. Nothing but an answer of AWS passes or fails one.
 */
public enum CheckResult {

	/** As it should be. */
	PASSED,
	/** A workflow would not work. */
	FAILED,
	/** AWS did not say, or did not say it to us. */
	UNKNOWN

}
