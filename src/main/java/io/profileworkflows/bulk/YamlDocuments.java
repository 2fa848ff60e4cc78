package io.profileworkflows.bulk;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Documents with lines of three dashes between them. No text of YAML has such a line at
 * its margin for anything else, so that a document with a mistake costs no other.
 */
final class YamlDocuments implements Pieces {

	private static final int MARK = 3;

	private final ByteSource source;

	private final int most;

	private final CappedBytes line;

	/** The line of a mark that was read already and begins the next document, or 0. */
	private int keptMark;

	YamlDocuments(ByteSource source, int most) {
		this.source = source;
		this.most = most;
		this.line = new CappedBytes(most);
	}

	@Override
	public @Nullable Piece next() throws IOException {
		var content = new CappedBytes(most);
		var begin = 0;
		var hasContent = false;
		while (keptMark > 0 || source.peek() != ByteSource.END) {
			var number = nextLine();
			if (isMark('-') && hasContent) {
				keptMark = number;
				return content.toPiece(begin);
			}
			if (isMark('.')) {
				if (hasContent) {
					return content.toPiece(begin);
				}
				begin = 0;
			}
			else if (isMark('-')) {
				content.clear();
				content.add(line);
				begin = number;
				hasContent = !isRemark(MARK);
			}
			else if (begin > 0 || !isForeword()) {
				begin = (begin > 0) ? begin : number;
				content.add(line);
				hasContent |= !isRemark(0);
			}
		}
		return hasContent ? content.toPiece(begin) : null;
	}

	/** Reads a line, unless it has been read. */
	private int nextLine() throws IOException {
		var number = (keptMark > 0) ? keptMark : source.line();
		if (keptMark == 0) {
			readLine();
		}
		keptMark = 0;
		return number;
	}

	private void readLine() throws IOException {
		line.clear();
		for (int next = source.read(); next != ByteSource.END; next = source.read()) {
			line.add(next);
			if (next == '\n') {
				return;
			}
		}
	}

	private boolean isMark(char sign) {
		for (int place = 0; place < MARK; place++) {
			if (line.at(place) != sign) {
				return false;
			}
		}
		return line.at(MARK) < 0 || CappedBytes.isSpace(line.at(MARK));
	}

	/** What may come before a document and is none of it: directives, remarks. */
	private boolean isForeword() {
		return line.at(0) == '%' || isRemark(0);
	}

	private boolean isRemark(int from) {
		for (int place = from; line.at(place) >= 0; place++) {
			if (!CappedBytes.isSpace(line.at(place))) {
				return line.at(place) == '#';
			}
		}
		return true;
	}

}
