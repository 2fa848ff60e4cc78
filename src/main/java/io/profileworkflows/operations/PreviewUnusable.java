package io.profileworkflows.operations;

/**
 * A token does not start what the caller asks for.
 */
public class PreviewUnusable extends RuntimeException {

	PreviewUnusable(String why) {
		super("token %s: preview the action again".formatted(why));
	}

}
