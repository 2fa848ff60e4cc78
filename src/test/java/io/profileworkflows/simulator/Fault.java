package io.profileworkflows.simulator;

import java.time.Duration;

/**
 * What goes wrong with one call.
 *
 * @param delay how long the kinds that wait do so, zero for the others
 */
public record Fault(Kind kind, Duration delay) {

	public static final Fault RESET_BEFORE = of(Kind.RESET_BEFORE);

	public static final Fault RESET_AFTER = of(Kind.RESET_AFTER);

	public static final Fault ERROR_500_BEFORE = of(Kind.ERROR_500_BEFORE);

	public static final Fault ERROR_500_AFTER = of(Kind.ERROR_500_AFTER);

	public static final Fault THROTTLE_429 = of(Kind.THROTTLE_429);

	/** What AWS says of a NextToken that has expired. */
	public static final Fault INVALID_TOKEN_400 = of(Kind.INVALID_TOKEN_400);

	public static final Fault ACCESS_DENIED_403 = of(Kind.ACCESS_DENIED_403);

	public static final Fault EXPIRED_TOKEN_403 = of(Kind.EXPIRED_TOKEN_403);

	public static final Fault UNRECOGNIZED_CLIENT_403 = of(Kind.UNRECOGNIZED_CLIENT_403);

	public static final Fault INVALID_SIGNATURE_403 = of(Kind.INVALID_SIGNATURE_403);

	public static final Fault HTML_503 = of(Kind.HTML_503);

	public static final Fault GARBAGE_200 = of(Kind.GARBAGE_200);

	public static final Fault NO_ID_200 = of(Kind.NO_ID_200);

	public Fault {
		if (kind.waits == (delay.isZero() || delay.isNegative())) {
			throw new IllegalArgumentException(
					kind.waits ? "%s needs a delay".formatted(kind) : "%s takes no delay".formatted(kind));
		}
	}

	private static Fault of(Kind kind) {
		return new Fault(kind, Duration.ZERO);
	}

	/** The call is held up before the account sees it, then acted upon and answered. */
	public static Fault delayBefore(Duration delay) {
		return new Fault(Kind.DELAY_BEFORE, delay);
	}

	/** The call is acted upon at once and answered late. */
	public static Fault delayAfter(Duration delay) {
		return new Fault(Kind.DELAY_AFTER, delay);
	}

	/**
	 * The connection drops at once, but the request goes on and is acted upon later. The
	 * worst case for a client that looks whether it arrived.
	 */
	public static Fault resetThenAct(Duration delay) {
		return new Fault(Kind.RESET_THEN_ACT, delay);
	}

	/**
	 * <em>Before</em> and <em>after</em> are seen from the action: the client cannot tell
	 * the two apart.
	 */
	public enum Kind {

		RESET_BEFORE(false),

		RESET_AFTER(false),

		RESET_THEN_ACT(true),

		ERROR_500_BEFORE(false),

		ERROR_500_AFTER(false),

		DELAY_BEFORE(true),

		DELAY_AFTER(true),

		THROTTLE_429(false),

		INVALID_TOKEN_400(false),

		ACCESS_DENIED_403(false),

		EXPIRED_TOKEN_403(false),

		UNRECOGNIZED_CLIENT_403(false),

		INVALID_SIGNATURE_403(false),

		HTML_503(false),

		GARBAGE_200(false),

		NO_ID_200(false);

		private final boolean waits;

		Kind(boolean waits) {
			this.waits = waits;
		}

	}

}
