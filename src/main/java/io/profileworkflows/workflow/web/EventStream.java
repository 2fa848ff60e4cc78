package io.profileworkflows.workflow.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Writes what browsers call server-sent events. Whatever it writes is on its way at once;
 * an exception says that nobody is there to read it.
 */
class EventStream {

	private final OutputStream out;

	EventStream(OutputStream out) {
		this.out = out;
	}

	/** How long to wait before asking again once this stream has ended. */
	void comeBackAfter(Duration pause) throws IOException {
		write("retry: " + pause.toMillis() + "\n\n");
	}

	void send(String event, long id, String content) throws IOException {
		var lines = new StringBuilder("event: ").append(event).append("\nid: ").append(id).append('\n');
		content.lines().forEach(line -> lines.append("data: ").append(line).append('\n'));
		write(lines.append('\n').toString());
	}

	/** Says that there is nothing to say. */
	void beat() throws IOException {
		write(":\n\n");
	}

	private void write(String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

}
