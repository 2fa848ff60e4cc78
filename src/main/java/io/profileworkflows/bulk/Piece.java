package io.profileworkflows.bulk;

/**
 * One of the requests in a body, as it was cut out. Its content is not read yet.
 */
sealed interface Piece {

	/** The line of the body in which it begins, counted from 1. */
	int line();

	/** A request, or what should be one. */
	record Whole(byte[] content, int line) implements Piece {

		/** Without the content, which is confidential. */
		@Override
		public String toString() {
			return "Whole[line=%s]".formatted(line);
		}

	}

	/** More bytes than a request may have. They were passed over. */
	record TooLarge(int most, int line) implements Piece {
	}

	/** From here on, nobody can tell where a request begins or ends. */
	record Unreadable(String message, int line) implements Piece {
	}

}
