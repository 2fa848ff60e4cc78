package io.profileworkflows.bulk;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a body, one by one, and the line that the next of them is in.
 */
final class ByteSource {

	static final int END = -1;

	private static final int[] BYTE_ORDER_MARK = { 0xEF, 0xBB, 0xBF };

	private final byte[] buffer = new byte[8 * 1024];

	private final InputStream stream;

	private int position;

	private int limit;

	private int line = 1;

	ByteSource(InputStream stream) throws IOException {
		this.stream = stream;
		fill();
		if (limit >= BYTE_ORDER_MARK.length && isMark()) {
			position = BYTE_ORDER_MARK.length;
		}
	}

	private boolean isMark() {
		for (int place = 0; place < BYTE_ORDER_MARK.length; place++) {
			if ((buffer[place] & 0xff) != BYTE_ORDER_MARK[place]) {
				return false;
			}
		}
		return true;
	}

	/** Looks at the next byte and leaves it where it is. */
	int peek() throws IOException {
		if (position == limit) {
			fill();
		}
		return (limit < 0) ? END : buffer[position] & 0xff;
	}

	int read() throws IOException {
		var next = peek();
		if (next != END) {
			position++;
			if (next == '\n') {
				line++;
			}
		}
		return next;
	}

	/** That of the next byte, counted from 1. */
	int line() {
		return line;
	}

	private void fill() throws IOException {
		if (limit < 0) {
			return;
		}
		position = 0;
		do {
			limit = stream.read(buffer, 0, buffer.length);
		}
		while (limit == 0);
		if (limit < 0) {
			position = limit;
		}
	}

}
