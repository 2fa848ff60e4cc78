package io.profileworkflows.preflight;

import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a subject, in words that repeat no member of the request.
 *
 * @param reason goes on where the name of the subject ends, but is a sentence of its own
 * when the result is unknown
 */
record Verdict(CheckResult result, @Nullable String reason) {

	static Verdict passed() {
		return new Verdict(CheckResult.PASSED, null);
	}

	static Verdict passed(String remark) {
		return new Verdict(CheckResult.PASSED, remark);
	}

	static Verdict failed(String reason) {
		return new Verdict(CheckResult.FAILED, reason);
	}

	static Verdict unknown(String reason) {
		return new Verdict(CheckResult.UNKNOWN, reason);
	}

}
