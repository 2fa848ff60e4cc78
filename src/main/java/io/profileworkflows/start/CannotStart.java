package io.profileworkflows.start;

/**
 * The service cannot start as it is set up. The person who starts it reads both texts,
 * which have no secret in them, and no stack trace.
 */
public class CannotStart extends RuntimeException {

	private final String remedy;

	/**
	 * @param remedy what to do about it
	 */
	public CannotStart(String reason, String remedy) {
		super(reason);
		this.remedy = remedy;
	}

	public String remedy() {
		return remedy;
	}

}
