package io.profileworkflows.customerprofiles;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Why a call brought no answer to use, judged by status code and exception. What is not
 * listed is {@link Kind#UNKNOWN}.
 *
 * @param code the error code, if AWS answered with one
 * @param reason at most 255 characters
 */
record Fault(Kind kind, @Nullable String code, String reason, @Nullable String requestId,
		@Nullable Duration retryAfter) {

	enum Kind {

		REFUSED, NOT_FOUND, THROTTLED, UNREACHABLE, DEADLINE_PASSED, TURN_PASSED, OWN_CREDENTIALS, POINTS_AT_ITSELF,
		UNKNOWN

	}

	/**
	 * What was called, as far as it matters.
	 *
	 * @param api the service that was called
	 * @param roleArn the role that the request itself names, if it names one
	 * @param withheld whether the content of the request certainly never goes out
	 */
	record Call(Operation.Api api, String operation, @Nullable String roleArn, boolean withheld) {

		Call(String operation, @Nullable String roleArn, boolean withheld) {
			this(Operation.Api.CUSTOMER_PROFILES, operation, roleArn, withheld);
		}

		static Call to(String operation) {
			return new Call(operation, null, false);
		}

		static Call to(Operation operation) {
			return new Call(operation.api(), operation.awsName(), null, false);
		}

		boolean isOfAppFlow() {
			return api == Operation.Api.APPFLOW;
		}

	}

	private static final int LONGEST_CHAIN = 20;

	/**
	 * Codes without their suffix {@code Exception}, which AWS's front door adds or leaves
	 * out.
	 */
	private static final Set<String> UNACCEPTED_CREDENTIALS = Set.of("ExpiredToken", "UnrecognizedClient",
			"InvalidSignature", "InvalidClientTokenId", "InvalidAccessKeyId", "MissingAuthenticationToken",
			"SignatureDoesNotMatch", "IncompleteSignature", "RequestExpired", "RequestTimeTooSkewed",
			"RequestInTheFuture");

	private static final Pattern DENIED_ACTION = Pattern
		.compile("(?:User: (?<user>\\S+) )?is not authorized to perform: profile:(?<action>\\w+)");

	/**
	 * Answers of AppFlow that say that it did not do what it was asked for, whatever
	 * status they have.
	 */
	private static final Set<String> REFUSALS_OF_APPFLOW = Set.of("Conflict", "UnsupportedOperation",
			"ServiceQuotaExceeded", "ConnectorAuthentication", "ConnectorServer");

	static Fault unusable(String reason) {
		return new Fault(Kind.UNKNOWN, null, reason, null, null);
	}

	static Fault of(Throwable failure, Call call) {
		// not one of the service that credentials are asked for
		AwsServiceException answer = find(failure, call.api().exception());
		return (answer != null) ? answered(answer, call) : unanswered(failure, call);
	}

	String codeOrKind() {
		return (code != null) ? code : kind.name();
	}

	private static Fault answered(AwsServiceException answer, Call call) {
		var details = answer.awsErrorDetails();
		var code = (details != null) ? details.errorCode() : null;
		var message = (details != null) ? details.errorMessage() : null;
		var reason = Reason.of(message, call.api().title() + " answered with status " + answer.statusCode());
		return new Fault(kind(answer.statusCode(), code, message, call), code, reason, answer.requestId(),
				RetryAfter.in((details != null) ? details.sdkHttpResponse() : null));
	}

	/**
	 * 408, 409, 5xx and whatever a proxy may say are missing on purpose: none of them
	 * says that the request was not carried out. A 404 or 403 without AWS's own code is a
	 * proxy's too. 413 is about the size of this request and comes before anything is
	 * done.
	 */
	private static Kind kind(int status, @Nullable String code, @Nullable String message, Call call) {
		var name = (code != null) ? code.replaceFirst("Exception$", "") : "";
		if (status >= 400 && status <= 403 && UNACCEPTED_CREDENTIALS.contains(name)) {
			return Kind.OWN_CREDENTIALS;
		}
		if (call.isOfAppFlow() && REFUSALS_OF_APPFLOW.contains(name)) {
			return Kind.REFUSED;
		}
		return switch (status) {
			case 400 -> switch (name) {
				case "Throttling" -> Kind.THROTTLED;
				case "BadRequest", "Validation", "Serialization" -> Kind.REFUSED;
				default -> Kind.UNKNOWN;
			};
			case 403 -> switch (name) {
				case "AccessDenied" ->
					call.isOfAppFlow() || isAboutOurselves(message, call) ? Kind.OWN_CREDENTIALS : Kind.REFUSED;
				default -> Kind.UNKNOWN;
			};
			case 404 -> name.equals("ResourceNotFound") ? Kind.NOT_FOUND : Kind.UNKNOWN;
			case 413 -> Kind.REFUSED;
			case 429 -> Kind.THROTTLED;
			case 508 -> name.equals("LoopDetected") ? Kind.POINTS_AT_ITSELF : Kind.UNKNOWN;
			default -> Kind.UNKNOWN;
		};
	}

	/**
	 * We are denied the call itself, or the tagging that goes with it; everything else is
	 * about the role or the resources that the request names.
	 */
	private static boolean isAboutOurselves(@Nullable String message, Call call) {
		var denial = DENIED_ACTION.matcher((message != null) ? message : "");
		if (!denial.find()) {
			return false;
		}
		var action = denial.group("action");
		return action.equals(call.operation())
				|| (action.equals("TagResource") && !isSessionOf(call.roleArn(), denial.group("user")));
	}

	private static boolean isSessionOf(@Nullable String roleArn, @Nullable String user) {
		if (roleArn == null || user == null) {
			return false;
		}
		var roleName = roleArn.substring(roleArn.lastIndexOf('/') + 1);
		return user.equals(roleArn) || user.contains(":assumed-role/" + roleName + "/");
	}

	private static Fault unanswered(Throwable failure, Call call) {
		if (isAny(failure, DeadlinePassed.class)) {
			return new Fault(Kind.DEADLINE_PASSED, null, "The deadline passed before the request could be sent", null,
					null);
		}
		if (isAny(failure, TurnPassed.class)) {
			return new Fault(Kind.TURN_PASSED, null, "Its turn was over before the request could be sent", null, null);
		}
		if (isAny(failure, CredentialsUnavailable.class)) {
			return of(Kind.OWN_CREDENTIALS, "No credentials for AWS", failure);
		}
		if (isAny(failure, UnknownHostException.class, ConnectException.class, NoRouteToHostException.class,
				SSLHandshakeException.class)) {
			return of(Kind.UNREACHABLE, "No connection", failure);
		}
		if (call.withheld() && isAny(failure, IOException.class, TimeoutException.class, ApiCallTimeoutException.class,
				ApiCallAttemptTimeoutException.class)) {
			return of(Kind.UNREACHABLE, "No connection in time", failure);
		}
		if (isAny(failure, ApiCallTimeoutException.class, ApiCallAttemptTimeoutException.class)) {
			return new Fault(Kind.UNKNOWN, null, "No answer in time", null, null);
		}
		return of(Kind.UNKNOWN,
				isAny(failure, IOException.class) ? "The connection broke before an answer came" : "No usable answer",
				failure);
	}

	private static Fault of(Kind kind, String sentence, Throwable failure) {
		var root = chain(failure).reduce(failure, (_, deeper) -> deeper);
		var details = (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
		return new Fault(kind, null, Reason.of(sentence + ": " + details, sentence), null, null);
	}

	private static boolean isAny(Throwable failure, Class<?>... types) {
		return chain(failure).anyMatch(link -> Stream.of(types).anyMatch(type -> type.isInstance(link)));
	}

	private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
		return chain(failure).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
	}

	private static Stream<Throwable> chain(Throwable failure) {
		return Stream.<Throwable>iterate(failure, link -> link != null, Throwable::getCause).limit(LONGEST_CHAIN);
	}

}
