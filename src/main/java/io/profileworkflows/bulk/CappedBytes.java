package io.profileworkflows.bulk;

import java.util.Arrays;

/**
 * The bytes of one request, as far as a request may be that long. The rest is counted and
 * forgotten.
 */
final class CappedBytes {

	private final int most;

	private byte[] bytes = new byte[1024];

	private int length;

	private boolean isOver;

	private boolean isBlank = true;

	CappedBytes(int most) {
		this.most = most;
	}

	void add(int value) {
		if (!isSpace(value)) {
			isBlank = false;
		}
		if (length == most) {
			isOver = true;
			return;
		}
		makeRoom(1);
		bytes[length++] = (byte) value;
	}

	/** Adds all that another has. */
	void add(CappedBytes other) {
		isBlank &= other.isBlank;
		if (other.isOver || length + other.length > most) {
			isOver = true;
			return;
		}
		makeRoom(other.length);
		System.arraycopy(other.bytes, 0, bytes, length, other.length);
		length += other.length;
	}

	private void makeRoom(int more) {
		if (length + more > bytes.length) {
			bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
		}
	}

	void clear() {
		length = 0;
		isOver = false;
		isBlank = true;
	}

	/** Whether there is white space and nothing else. */
	boolean isBlank() {
		return isBlank;
	}

	/** The byte at a place, or a negative number behind the last one. */
	int at(int place) {
		return (place < length) ? bytes[place] & 0xff : -1;
	}

	Piece toPiece(int line) {
		return isOver ? new Piece.TooLarge(most, line) : new Piece.Whole(Arrays.copyOf(bytes, length), line);
	}

	static boolean isSpace(int value) {
		return value == ' ' || value == '\t' || value == '\r' || value == '\n';
	}

}
