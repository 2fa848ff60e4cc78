package io.profileworkflows.bulk;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * One request in each line. A line that cannot be read costs no other.
 */
final class JsonLines implements Pieces {

	private final ByteSource source;

	private final int most;

	JsonLines(ByteSource source, int most) {
		this.source = source;
		this.most = most;
	}

	@Override
	public @Nullable Piece next() throws IOException {
		while (source.peek() != ByteSource.END) {
			var line = source.line();
			var content = new CappedBytes(most);
			for (int next = source.read(); next != ByteSource.END && next != '\n'; next = source.read()) {
				content.add(next);
			}
			if (!content.isBlank()) {
				return content.toPiece(line);
			}
		}
		return null;
	}

}
