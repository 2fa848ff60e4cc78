package io.profileworkflows.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of a body. They are kept in pieces, so that a large body is never copied as a
 * whole: it takes as much memory as it has bytes.
 */
final class BodyContent {

	static final BodyContent NONE = new BodyContent();

	private static final int SMALLEST_PIECE = 8 * 1024;

	private static final int LARGEST_PIECE = 256 * 1024;

	private final List<byte[]> pieces = new ArrayList<>();

	private int length;

	/** Free bytes of the last piece. */
	private int free;

	static BodyContent of(byte[] bytes) {
		var content = new BodyContent();
		content.append(bytes, bytes.length);
		return content;
	}

	int length() {
		return length;
	}

	/** Adds the first bytes of a buffer. */
	void append(byte[] buffer, int count) {
		for (int from = 0; from < count;) {
			if (free == 0) {
				free = Math.clamp(length, SMALLEST_PIECE, LARGEST_PIECE);
				pieces.add(new byte[free]);
			}
			var piece = pieces.getLast();
			var some = Math.min(free, count - from);
			System.arraycopy(buffer, from, piece, piece.length - free, some);
			from += some;
			free -= some;
			length += some;
		}
	}

	/** Reads it from its beginning, as often as it is asked for. */
	InputStream stream() {
		return new Reading();
	}

	/** In hex digits, as signatures write it. */
	String sha256() {
		try {
			var digest = MessageDigest.getInstance("SHA-256");
			var left = length;
			for (var piece : pieces) {
				digest.update(piece, 0, Math.min(piece.length, left));
				left -= piece.length;
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException failure) {
			throw new IllegalStateException(failure);
		}
	}

	byte[] bytes() {
		try (var stream = stream()) {
			return stream.readAllBytes();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Without the bytes, which are confidential. */
	@Override
	public String toString() {
		return "BodyContent[%s bytes]".formatted(length);
	}

	private final class Reading extends InputStream {

		private int piece;

		private int offset;

		private int position;

		private Place marked = new Place(0, 0, 0);

		@Override
		public int read() {
			var one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] buffer, int from, int count) {
			Objects.checkFromIndexSize(from, count, buffer.length);
			if (count == 0) {
				return 0;
			}
			if (position == length) {
				return -1;
			}
			var bytes = pieces.get(piece);
			var some = Math.min(count, Math.min(bytes.length - offset, length - position));
			System.arraycopy(bytes, offset, buffer, from, some);
			position += some;
			offset += some;
			if (offset == bytes.length) {
				piece++;
				offset = 0;
			}
			return some;
		}

		@Override
		public int available() {
			return length - position;
		}

		@Override
		public boolean markSupported() {
			return true;
		}

		@Override
		public void mark(int limit) {
			marked = new Place(piece, offset, position);
		}

		@Override
		public void reset() {
			piece = marked.piece();
			offset = marked.offset();
			position = marked.position();
		}

		private record Place(int piece, int offset, int position) {
		}

	}

}
