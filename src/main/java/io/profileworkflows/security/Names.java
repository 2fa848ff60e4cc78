package io.profileworkflows.security;

/**
 * What a caller can be called, so that it fits into the history, a log and an index.
 */
final class Names {

	static final int LONGEST = 200;

	private Names() {
	}

	static boolean isName(String text) {
		return !text.isBlank() && text.length() <= LONGEST && text.codePoints().noneMatch(Character::isISOControl);
	}

}
