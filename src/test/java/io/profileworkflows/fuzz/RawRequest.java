package io.profileworkflows.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it goes over the wire, which no client library has to agree to.
 *
 * @param target path and query
 */
record RawRequest(String method, String target, List<Field> fields, byte[] body) {

	static RawRequest of(String method, String target) {
		return new RawRequest(method, target, List.of(), new byte[0]);
	}

	RawRequest withMethod(String other) {
		return new RawRequest(other, target, fields, body);
	}

	RawRequest withTarget(String other) {
		return new RawRequest(method, other, fields, body);
	}

	/** With one more header, or another value where it is there already. */
	RawRequest with(String name, String value) {
		return without(name).and(name, value);
	}

	/** With one more header, whether it is there or not. */
	RawRequest and(String name, String value) {
		var more = new ArrayList<>(fields);
		more.add(new Field(name, value));
		return new RawRequest(method, target, List.copyOf(more), body);
	}

	RawRequest without(String name) {
		return new RawRequest(method, target,
				fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList(), body);
	}

	RawRequest withBody(byte[] other) {
		return new RawRequest(method, target, fields, other);
	}

	RawRequest withBody(String other) {
		return withBody(other.getBytes(StandardCharsets.UTF_8));
	}

	boolean hasBody() {
		return body.length > 0;
	}

	boolean has(String name) {
		return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
	}

	String text() {
		return new String(body, StandardCharsets.UTF_8);
	}

	byte[] bytes() {
		var bytes = new ByteArrayOutputStream();
		bytes.writeBytes(head().getBytes(StandardCharsets.UTF_8));
		bytes.writeBytes(body);
		return bytes.toByteArray();
	}

	private String head() {
		var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
		if (!has("Host")) {
			head.append("Host: localhost\r\n");
		}
		fields.forEach(field -> head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
		if (!has("Content-Length") && (hasBody() || method.equals("POST"))) {
			head.append("Content-Length: ").append(body.length).append("\r\n");
		}
		return head.append("Connection: close\r\n\r\n").toString();
	}

	/** Short enough to be read, without credentials that work. */
	@Override
	public String toString() {
		var text = new String(bytes(), StandardCharsets.UTF_8).replaceAll("Bearer [\\w.-]{100,}", "Bearer (valid)");
		return (text.length() > 3000) ? "%s... (%d bytes)".formatted(text.substring(0, 3000), bytes().length) : text;
	}

	/**
	 * A header.
	 */
	record Field(String name, String value) {
	}

}
