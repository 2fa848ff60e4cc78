package io.profileworkflows.database;

import java.util.Arrays;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Explains an exception that nobody expected.
 */
public final class Failure {

	private static final String OURS = "io.profileworkflows.";

	private static final int LONGEST_REASON = 500;

	private Failure() {
	}

	/**
	 * The exception's class, message, and where in our code it came from. Only the first
	 * line of the message, and not Spring's around the driver's: the rest quotes the
	 * statement and its values.
	 */
	public static String reason(Throwable failure) {
		var told = failure instanceof DataAccessException ? NestedExceptionUtils.getMostSpecificCause(failure)
				: failure;
		var reason = new StringBuilder(told.getClass().getSimpleName());
		if (told.getMessage() != null) {
			told.getMessage().lines().findFirst().ifPresent(line -> reason.append(": ").append(line));
		}
		if (reason.length() > LONGEST_REASON) {
			reason.setLength(LONGEST_REASON);
		}
		Arrays.stream(failure.getStackTrace())
			.filter(frame -> frame.getClassName().startsWith(OURS))
			.findFirst()
			.ifPresent(frame -> reason.append(" (%s:%s)".formatted(frame.getFileName(), frame.getLineNumber())));
		return reason.toString();
	}

	/**
	 * Whether it is the database's trouble, and not that of the work: the same would
	 * succeed once the database is back. Where it has a SQLSTATE, that decides
	 * ({@link SqlState}).
	 */
	public static boolean isOutage(Throwable failure) {
		return SqlState.in(failure).map(SqlState.OUTAGE::equals).orElseGet(() -> isOutageWithoutState(failure));
	}

	/**
	 * Whether somebody else held a lock for too long: it concerns what is locked, and
	 * nothing else.
	 */
	public static boolean isBlocked(Throwable failure) {
		return SqlState.states(failure).anyMatch(SqlState.LOCK_NOT_AVAILABLE::equals);
	}

	private static boolean isOutageWithoutState(Throwable failure) {
		return failure instanceof TransientDataAccessException || failure instanceof DataAccessResourceFailureException
				|| failure instanceof CannotCreateTransactionException || failure instanceof TransactionSystemException;
	}

}
