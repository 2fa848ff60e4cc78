package io.profileworkflows.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends bytes to the service, each request on a connection of its own.
 */
record Wire(int port) {

	private static final int PATIENCE_MILLIS = 30_000;

	RawAnswer send(RawRequest request) {
		try (var socket = new Socket("localhost", port)) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			try {
				socket.getOutputStream().write(request.bytes());
			}
			catch (IOException _) {
				// there is an answer nevertheless, or else that is what is wrong
			}
			return RawAnswer.parse(read(socket.getInputStream()));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(request.toString(), failure);
		}
	}

	/** All of it, or the beginning of a stream of events, which may last for an hour. */
	static byte[] read(InputStream in) throws IOException {
		var answer = new ByteArrayOutputStream();
		var buffer = new byte[8192];
		for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
			answer.write(buffer, 0, read);
			if (isStreamWithAnEvent(answer)) {
				break;
			}
		}
		return answer.toByteArray();
	}

	private static boolean isStreamWithAnEvent(ByteArrayOutputStream answer) {
		if (answer.size() > 100_000) {
			return false;
		}
		var text = answer.toString(StandardCharsets.ISO_8859_1);
		return text.contains("\r\nContent-Type: text/event-stream") && text.contains("event: workflow")
				&& text.contains("\n\n");
	}

}
