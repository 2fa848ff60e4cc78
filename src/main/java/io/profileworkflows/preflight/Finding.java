package io.profileworkflows.preflight;

import java.util.Objects;

import io.profileworkflows.integration.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param subject what was looked at, as the request names it
 * @param reason why the check failed or nothing is known, and at times a remark
 * @param pointer JSON Pointer to the member that names the subject
 */
public record Finding(Check check, String subject, CheckResult result, @Nullable String reason, String pointer) {

	static Finding of(Check check, String subject, Verdict verdict) {
		return new Finding(check, subject, verdict.result(), verdict.reason(), check.pointer());
	}

	public boolean isFailed() {
		return result == CheckResult.FAILED;
	}

	/** Whether a workflow surely goes wrong. */
	public boolean isDecisive() {
		return isFailed() && check.isDecisive();
	}

	/** For an error or a warning, which must not repeat what the request names. */
	Violation toViolation() {
		return new Violation(pointer, Objects.requireNonNullElse(reason, "will not do"));
	}

}
