package io.profileworkflows.preflight;

/**
 * The result of a check. Only an answer of AWS makes it pass or fail.
 */
public enum CheckResult {

	/** As it should be. */
	PASSED,
	/** A workflow would not work. */
	FAILED,
	/** AWS did not say, or did not say it to us. */
	UNKNOWN

}
