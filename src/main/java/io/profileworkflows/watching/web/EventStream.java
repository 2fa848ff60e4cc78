package io.profileworkflows.watching.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

import jakarta.servlet.ServletOutputStream;

/**
 * Writes server-sent events. What the reader does not take yet waits here. For one thread
 * at a time.
 */
class EventStream {

	private final ServletOutputStream out;

	private final Queue<byte[]> waiting = new ArrayDeque<>();

	private boolean unflushed;

	EventStream(ServletOutputStream out) {
		this.out = out;
	}

	/** How long to wait before asking again once this stream has ended. */
	void comeBackAfter(Duration pause) {
		add("retry: " + pause.toMillis() + "\n\n");
	}

	void send(String event, long id, String content) {
		var lines = new StringBuilder("event: ").append(event).append("\nid: ").append(id).append('\n');
		content.lines().forEach(line -> lines.append("data: ").append(line).append('\n'));
		add(lines.append('\n').toString());
	}

	/** A comment that keeps the connection from being silent. */
	void beat() {
		add(":\n\n");
	}

	private void add(String text) {
		waiting.add(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Writes everything at once, which may block. */
	void writeAll() throws IOException {
		for (var event : waiting) {
			out.write(event);
		}
		waiting.clear();
		out.flush();
	}

	/**
	 * Writes as much as the reader takes now. The server says when it takes more.
	 * @return whether everything is on its way
	 * @throws IOException when nobody reads any more
	 */
	boolean write() throws IOException {
		while (out.isReady()) {
			var next = waiting.poll();
			if (next != null) {
				out.write(next);
				unflushed = true;
			}
			else if (unflushed) {
				out.flush();
				unflushed = false;
			}
			else {
				return true;
			}
		}
		return false;
	}

}
