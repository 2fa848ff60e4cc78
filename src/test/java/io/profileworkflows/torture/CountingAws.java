package io.profileworkflows.torture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes every create and notes the moment at which it has arrived in full: so little
 * happens before it looks at the clock that its own lateness is that of the machine.
 * Lists nothing.
 */
final class CountingAws implements AutoCloseable {

	private static final String CREATE = "/workflows/integrations";

	private final ServerSocket listener;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final List<Long> arrivals = new CopyOnWriteArrayList<>();

	CountingAws() {
		try {
			listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		start(this::accept);
	}

	private static void start(Runnable task) {
		var thread = Thread.ofPlatform().name("counting-aws").daemon().unstarted(task);
		thread.setPriority(Thread.MAX_PRIORITY);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				var connection = listener.accept();
				connection.setTcpNoDelay(true);
				connections.add(connection);
				start(() -> serve(connection));
			}
		}
		catch (IOException _) {
			// closed
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			var in = new BufferedInputStream(connection.getInputStream());
			for (var head = head(in); !head.isEmpty(); head = head(in)) {
				var isCreate = head.lines().findFirst().orElseThrow().contains(CREATE);
				var length = length(head);
				if (in.readNBytes(length).length < length) {
					return;
				}
				if (isCreate) {
					arrivals.add(System.nanoTime());
				}
				var content = isCreate ? "{\"WorkflowId\": \"%032x\", \"Message\": \"made\"}".formatted(arrivals.size())
						: "{\"Items\": []}";
				connection.getOutputStream()
					.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
						.formatted(content.length(), content)
						.getBytes(StandardCharsets.US_ASCII));
			}
		}
		catch (IOException _) {
			// the other side is gone, perhaps in the middle of a create, which is none
			// then
		}
		finally {
			connections.remove(connection);
		}
	}

	/** Empty at the end of the connection. */
	private static String head(InputStream in) throws IOException {
		var head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			var next = in.read();
			if (next < 0) {
				return "";
			}
			head.append((char) next);
		}
		return head.toString();
	}

	private static int length(String head) {
		return head.toLowerCase(Locale.ROOT)
			.lines()
			.filter(line -> line.startsWith("content-length:"))
			.mapToInt(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
			.findFirst()
			.orElse(0);
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + listener.getLocalPort());
	}

	/** When creates arrived, by {@link System#nanoTime()}. */
	List<Long> arrivals() {
		return List.copyOf(arrivals);
	}

	@Override
	public void close() {
		try {
			listener.close();
			for (var connection : connections) {
				connection.close();
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
