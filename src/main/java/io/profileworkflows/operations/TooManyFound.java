package io.profileworkflows.operations;

/**
 * A filter finds more workflows than one action may be carried out on.
 */
public class TooManyFound extends RuntimeException {

	TooManyFound(int most) {
		super("The filter finds more than %s workflows, or takes too long: narrow it, for example by domain or by time"
			.formatted(most));
	}

}
