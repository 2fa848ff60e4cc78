package io.profileworkflows.simulator;

/**
 * The account does not do what was asked, and says why in an AWS error.
 */
final class Refusal extends RuntimeException {

	private final transient Answer answer;

	private Refusal(int status, String errorType, String message) {
		super(message);
		this.answer = Answer.error(status, errorType, message);
	}

	static Refusal badRequest(String message) {
		return new Refusal(400, "BadRequestException", message);
	}

	static Refusal accessDenied(String message) {
		return new Refusal(403, "AccessDeniedException", message);
	}

	static Refusal notFound(String message) {
		return new Refusal(404, "ResourceNotFoundException", message);
	}

	static Refusal validation(String message) {
		return new Refusal(400, "ValidationException", message);
	}

	static Refusal of(int status, String errorType, String message) {
		return new Refusal(status, errorType, message);
	}

	static Refusal unknownOperation() {
		return new Refusal(404, "UnknownOperationException", "The requested operation is not recognized.");
	}

	Answer answer() {
		return answer;
	}

}
