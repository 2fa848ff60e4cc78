package io.profileworkflows.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Callers who begin a request, and go on with it byte by byte.
 */
class SlowSenders implements AutoCloseable {

	private final List<Socket> sockets = new ArrayList<>();

	private final ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();

	private SlowSenders() {
	}

	/**
	 * @param head of each request, and the beginning of its body
	 * @param drop that each goes on with every other moment
	 */
	static SlowSenders start(int count, int port, String head, String drop) {
		var senders = new SlowSenders();
		try {
			for (int number = 0; number < count; number++) {
				var socket = new Socket(InetAddress.getLoopbackAddress(), port);
				senders.sockets.add(socket);
				socket.getOutputStream().write(head.getBytes(ISO_8859_1));
			}
		}
		catch (IOException failure) {
			senders.close();
			throw new UncheckedIOException(failure);
		}
		var bytes = drop.getBytes(ISO_8859_1);
		senders.drops.scheduleWithFixedDelay(() -> senders.sockets.forEach(socket -> write(socket, bytes)), 300, 300,
				TimeUnit.MILLISECONDS);
		return senders;
	}

	/** A signature of this key with a wrong secret, as anybody can make it. */
	static String signatureOf(String accessKeyId) {
		var now = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(Instant.now());
		return """
				X-Amz-Date: %s\r
				Authorization: AWS4-HMAC-SHA256 Credential=%s/%s/eu-central-1/profile/aws4_request, \
				SignedHeaders=host;x-amz-date, Signature=%s\r
				""".formatted(now, accessKeyId, now.substring(0, 8), "0".repeat(64));
	}

	private static void write(Socket socket, byte[] drop) {
		try {
			socket.getOutputStream().write(drop);
		}
		catch (IOException _) {
			// the server had enough
		}
	}

	/** Those whom nobody has answered yet. */
	long unanswered() {
		return sockets.stream().filter(socket -> {
			try {
				return socket.getInputStream().available() == 0;
			}
			catch (IOException _) {
				return false;
			}
		}).count();
	}

	/** What each was told, until the server closed its connection. */
	List<String> answers() {
		return sockets.stream().map(socket -> {
			try {
				return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
			}
			catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}).toList();
	}

	@Override
	public void close() {
		drops.shutdownNow();
		for (var socket : sockets) {
			try {
				socket.close();
			}
			catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}
	}

}
