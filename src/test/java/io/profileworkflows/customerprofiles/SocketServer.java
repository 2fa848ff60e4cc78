package io.profileworkflows.customerprofiles;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that does to a connection whatever a test wants, and keeps every request whose
 * content arrived in full.
 */
final class SocketServer implements AutoCloseable {

	private final ServerSocket listener;

	private final Conversation conversation;

	private final String scheme;

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private SocketServer(ServerSocket listener, String scheme, Conversation conversation) {
		this.listener = listener;
		this.scheme = scheme;
		this.conversation = conversation;
		threads.submit(this::accept);
	}

	static SocketServer plain(Conversation conversation) throws IOException {
		return new SocketServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", conversation);
	}

	static SocketServer tls(ServerSocket listener, Conversation conversation) {
		return new SocketServer(listener, "https", conversation);
	}

	URI endpoint() {
		return URI.create("%s://localhost:%d".formatted(scheme, listener.getLocalPort()));
	}

	List<Request> requests() {
		return requests;
	}

	int connections() {
		return connections.size();
	}

	private Void accept() throws IOException {
		while (true) {
			var connection = listener.accept();
			connections.add(connection);
			threads.submit(() -> {
				try (connection) {
					conversation.on(new Peer(connection));
				}
				return null;
			});
		}
	}

	@Override
	public void close() throws IOException {
		listener.close();
		for (var connection : connections) {
			connection.close();
		}
		threads.shutdownNow();
		threads.close();
	}

	record Request(String head, String content) {
	}

	@FunctionalInterface
	interface Conversation {

		void on(Peer peer) throws Exception;

	}

	/**
	 * The other end of one connection.
	 */
	final class Peer {

		private final Socket connection;

		private final InputStream in;

		private Peer(Socket connection) throws IOException {
			this.connection = connection;
			this.in = new BufferedInputStream(connection.getInputStream());
		}

		/**
		 * Reads one request to its end.
		 * @return false if the connection ended before that
		 */
		boolean read() throws IOException {
			var head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				int next = in.read();
				if (next < 0) {
					return false;
				}
				head.append((char) next);
			}
			int length = length(head.toString());
			var content = in.readNBytes(length);
			if (content.length < length) {
				return false;
			}
			requests.add(new Request(head.toString(), new String(content, StandardCharsets.UTF_8)));
			return true;
		}

		private static int length(String head) {
			return head.lines()
				.filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
				.mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
				.findFirst()
				.orElse(0);
		}

		void answer(int status, String content, String... headers) throws IOException {
			var head = "HTTP/1.1 %d Whatever\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
				.formatted(status, content.length(),
						List.of(headers).stream().map(header -> header + "\r\n").reduce("", String::concat));
			write(head + content);
		}

		void write(String text) throws IOException {
			connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
			connection.getOutputStream().flush();
		}

		void awaitEnd() throws IOException {
			while (in.read() >= 0) {
				continue;
			}
		}

		void reset() throws IOException {
			connection.setSoLinger(true, 0);
			connection.close();
		}

	}

}
