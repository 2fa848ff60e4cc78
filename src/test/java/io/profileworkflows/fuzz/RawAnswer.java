package io.profileworkflows.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What came back.
 */
record RawAnswer(int status, Map<String, String> headers, byte[] body) {

	/** That of a connection which ended without an answer. */
	static final RawAnswer NONE = new RawAnswer(0, Map.of(), new byte[0]);

	static RawAnswer parse(byte[] bytes) {
		var text = new String(bytes, StandardCharsets.ISO_8859_1);
		var end = text.indexOf("\r\n\r\n");
		if (end < 0) {
			return NONE;
		}
		var lines = text.substring(0, end).split("\r\n");
		var status = Integer.parseInt(lines[0].split(" ")[1]);
		var rest = Arrays.copyOfRange(bytes, end + 4, bytes.length);
		if (status == 100) {
			return parse(rest);
		}
		var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
		for (var line : Arrays.asList(lines).subList(1, lines.length)) {
			var colon = line.indexOf(':');
			headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
		}
		return new RawAnswer(status, headers,
				"chunked".equals(headers.get("Transfer-Encoding")) ? withoutChunks(rest) : rest);
	}

	private static byte[] withoutChunks(byte[] bytes) {
		var text = new String(bytes, StandardCharsets.ISO_8859_1);
		var body = new ByteArrayOutputStream();
		int place = 0;
		for (int end = text.indexOf("\r\n"); end > 0; end = text.indexOf("\r\n", place)) {
			var length = Integer.parseInt(text.substring(place, end), 16);
			var from = end + 2;
			if (length == 0 || from + length > bytes.length) {
				break;
			}
			body.write(bytes, from, length);
			place = from + length + 2;
		}
		return body.toByteArray();
	}

	boolean isRefusal() {
		return status >= 400;
	}

	@Nullable String contentType() {
		return headers.get("Content-Type");
	}

	String text() {
		return new String(body, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		var text = text();
		return "%d %s%n%s".formatted(status, headers, (text.length() > 1500) ? text.substring(0, 1500) : text);
	}

}
