package io.profileworkflows.bulk;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * The elements of a list. An element that has a mistake in it costs no other, as long as
 * its brackets and quotes show where it ends.
 */
final class JsonArray implements Pieces {

	private final ByteSource source;

	private final int most;

	private State state = State.BEFORE;

	JsonArray(ByteSource source, int most) {
		this.source = source;
		this.most = most;
	}

	@Override
	public @Nullable Piece next() throws IOException {
		skipSpace();
		return switch (state) {
			case BEFORE -> begin();
			case INSIDE -> element();
			case AFTER -> (source.peek() == ByteSource.END) ? null
					: unreadable("follows the list, behind which nothing may be", source.line());
			case OVER -> null;
		};
	}

	private @Nullable Piece begin() throws IOException {
		var line = source.line();
		if (source.read() != '[') {
			return unreadable("must be a list of requests, which begins with [", line);
		}
		state = State.INSIDE;
		skipSpace();
		if (source.peek() == ']') {
			source.read();
			state = State.AFTER;
		}
		return next();
	}

	private Piece element() throws IOException {
		var line = source.line();
		var content = new CappedBytes(most);
		var depth = 0;
		var isText = false;
		for (int next = source.read(); next != ByteSource.END; next = source.read()) {
			if (isText) {
				isText = next != '"';
				if (next == '\\') {
					content.add(next);
					next = source.read();
				}
			}
			else if (depth == 0 && (next == ',' || next == ']')) {
				state = (next == ',') ? State.INSIDE : State.AFTER;
				return content.toPiece(line);
			}
			else {
				isText = next == '"';
				depth += (next == '{' || next == '[') ? 1 : (next == '}' || next == ']') ? -1 : 0;
			}
			if (depth < 0) {
				return unreadable("has a } without its {, so that nobody can tell where it ends", line);
			}
			content.add(next);
		}
		return unreadable("ends too early to be valid JSON: a bracket or a quote is not closed, here or further down",
				line);
	}

	private Piece unreadable(String message, int line) {
		state = State.OVER;
		return new Piece.Unreadable(message, line);
	}

	private void skipSpace() throws IOException {
		while (CappedBytes.isSpace(source.peek())) {
			source.read();
		}
	}

	private enum State {

		BEFORE, INSIDE, AFTER, OVER

	}

}
