package io.profileworkflows.preflight;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.CredentialsUnavailable;
import io.profileworkflows.customerprofiles.Operation;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Why AWS did not say something. Not in its own words, since they may repeat what must
 * not be repeated.
 */
final class Reasons {

	private static final int LONGEST_CHAIN = 20;

	/** Without their suffix {@code Exception}, which some services add. */
	private static final Set<String> UNACCEPTED_CREDENTIALS = Set.of("ExpiredToken", "UnrecognizedClient",
			"InvalidClientTokenId", "InvalidSignature", "SignatureDoesNotMatch", "IncompleteSignature",
			"MissingAuthenticationToken", "InvalidAccessKeyId", "RequestExpired", "RequestTimeTooSkewed");

	private static final Set<String> DENIED = Set.of("AccessDenied", "UnauthorizedOperation", "NotAuthorized",
			"OptInRequired", "KMSAccessDenied");

	private Reasons() {
	}

	/**
	 * Says why.
	 * @param action as a policy would name it, such as {@code iam:GetRole}
	 */
	static String of(Throwable failure, String action) {
		var answer = find(failure, AwsServiceException.class);
		if (answer != null) {
			return answered(answer, action);
		}
		if (isAny(failure, CredentialsUnavailable.class)) {
			return "This service has no credentials for AWS, so it could not ask for " + action;
		}
		if (isAny(failure, ApiCallTimeoutException.class, ApiCallAttemptTimeoutException.class)) {
			return "There was no answer to %s in time".formatted(action);
		}
		// what the HTTP client calls a timeout is that of a connection
		return isAny(failure, IOException.class, TimeoutException.class) ? "There was no connection for " + action
				: "There was no usable answer to " + action;
	}

	static String of(CallFailed failure) {
		var action = "profile:" + failure.operation();
		if (failure.isOwnCredentials()) {
			return noPermission(action);
		}
		return failure.isThrottled() ? throttled(action) : failure.reason();
	}

	/** Of AppFlow, which may also say that its source does not answer. */
	static String of(CallFailed failure, Operation operation) {
		var action = operation.action();
		if ("ConnectorAuthentication".equals(failure.code())) {
			return "The source does not accept the connection: authorize it again at AppFlow";
		}
		if ("ConnectorServer".equals(failure.code())) {
			return "The source did not answer AppFlow";
		}
		if (failure.isOwnCredentials()) {
			return noPermission(action);
		}
		if (failure.isThrottled()) {
			return throttled(action);
		}
		return (failure.code() != null) ? "The answer to %s was the error %s".formatted(action, failure.code())
				: failure.reason();
	}

	static String noPermission(String action) {
		return "This service has no permission for %s, or AWS does not accept its credentials".formatted(action);
	}

	private static String throttled(String action) {
		return "AWS throttles %s; try again".formatted(action);
	}

	private static String answered(AwsServiceException answer, String action) {
		var details = answer.awsErrorDetails();
		var code = Objects.requireNonNullElse((details != null) ? details.errorCode() : null, "");
		var name = code.replaceFirst("Exception$", "");
		if (answer.isThrottlingException() || answer.statusCode() == 429) {
			return throttled(action);
		}
		if (UNACCEPTED_CREDENTIALS.contains(name)) {
			return "AWS does not accept this service's credentials, with which it asked for " + action;
		}
		if (answer.statusCode() == 401 || answer.statusCode() == 403 || DENIED.contains(name)) {
			return noPermission(action);
		}
		return "The answer to %s was an error of status %s%s".formatted(action, answer.statusCode(),
				name.matches("\\w{1,64}") ? " (" + name + ")" : "");
	}

	private static boolean isAny(Throwable failure, Class<?>... types) {
		return chain(failure).anyMatch(link -> Stream.of(types).anyMatch(type -> type.isInstance(link)));
	}

	static <X extends Throwable> @Nullable X find(Throwable failure, Class<X> type) {
		return chain(failure).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
	}

	private static Stream<Throwable> chain(Throwable failure) {
		return Stream.<Throwable>iterate(failure, link -> link != null, Throwable::getCause).limit(LONGEST_CHAIN);
	}

}
