package io.profileworkflows.integration;

import java.io.IOException;
import java.io.StringReader;

/**
 * A text in pieces that end with a whole character. YAML's parser has no room for the
 * other half of one that is cut in two where its buffer ends, and fails.
 */
final class WholeCharacters extends StringReader {

	WholeCharacters(String text) {
		super(text);
	}

	@Override
	public int read(char[] buffer, int offset, int length) throws IOException {
		var count = super.read(buffer, offset, (length > 1) ? length - 1 : length);
		if (count <= 0 || length == 1 || !Character.isHighSurrogate(buffer[offset + count - 1])) {
			return count;
		}
		var rest = super.read(buffer, offset + count, 1);
		return (rest < 0) ? count : count + rest;
	}

}
