package io.profileworkflows.customerprofiles;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A read brought no answer. It says nothing about what AWS has.
 */
public class CallFailed extends RuntimeException {

	private final String operation;

	private final Fault fault;

	CallFailed(String operation, Fault fault, @Nullable Throwable cause) {
		super("%s failed: %s".formatted(operation, fault.reason()), cause);
		this.operation = operation;
		this.fault = fault;
	}

	/** Not even begun. */
	static CallFailed unsent(Operation operation, String reason) {
		return new CallFailed(operation.awsName(), new Fault(Fault.Kind.UNREACHABLE, null, reason, null, null), null);
	}

	public String operation() {
		return operation;
	}

	/** AWS's error code without its suffix {@code Exception}, if it answered with one. */
	public @Nullable String code() {
		return (fault.code() != null) ? fault.code().replaceFirst("Exception$", "") : null;
	}

	public boolean isThrottled() {
		return fault.kind() == Fault.Kind.THROTTLED;
	}

	/** Whether AWS does not take what it was asked with, such as an expired token. */
	public boolean isRefused() {
		return fault.kind() == Fault.Kind.REFUSED;
	}

	/**
	 * Whether an operator has to mend our own access to AWS.
	 */
	public boolean isOwnCredentials() {
		return fault.kind() == Fault.Kind.OWN_CREDENTIALS;
	}

	/**
	 * Whether it may be for what was asked about alone: AWS answered, and may have a
	 * usable answer about the next.
	 */
	boolean mayConcernItAlone() {
		return switch (fault.kind()) {
			case REFUSED -> true;
			case UNKNOWN -> fault.code() != null;
			case NOT_FOUND, THROTTLED, UNREACHABLE, DEADLINE_PASSED, TURN_PASSED, OWN_CREDENTIALS, POINTS_AT_ITSELF ->
				false;
		};
	}

	/**
	 * At most 255 characters.
	 */
	public String reason() {
		return fault.reason();
	}

	/**
	 * How long AWS asked to wait, if it did.
	 */
	public @Nullable Duration retryAfter() {
		return fault.retryAfter();
	}

	public @Nullable String requestId() {
		return fault.requestId();
	}

}
