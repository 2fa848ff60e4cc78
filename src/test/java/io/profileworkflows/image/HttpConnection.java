package io.profileworkflows.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection that is kept alive, for requests that are bytes already: the
 * client shares the processors with the service, and should cost little.
 */
public final class HttpConnection implements AutoCloseable {

	/** Generous: a machine may have much else to do. */
	private static final int TIMEOUT = 300_000;

	private final int port;

	private final byte[] line = new byte[8192];

	private @Nullable Socket socket;

	private InputStream in = InputStream.nullInputStream();

	private OutputStream out = OutputStream.nullOutputStream();

	private final StringBuilder head = new StringBuilder();

	private byte[] body = {};

	public HttpConnection(int port) {
		this.port = port;
	}

	/**
	 * @return the status of the answer, which is read to its end
	 */
	public int send(byte[] request) throws IOException {
		if (socket == null) {
			connect();
		}
		out.write(request);
		return receive();
	}

	/** All of the last one. */
	public String answer() {
		return head + new String(body, StandardCharsets.UTF_8);
	}

	/** That of the last answer, or an empty text. */
	public String header(String name) {
		return head.toString()
			.lines()
			.filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
			.map(line -> line.substring(name.length() + 1).strip())
			.findFirst()
			.orElse("");
	}

	// closed by close()
	@SuppressWarnings("resource")
	private void connect() throws IOException {
		var connected = new Socket(InetAddress.getLoopbackAddress(), port);
		connected.setTcpNoDelay(true);
		connected.setSoTimeout(TIMEOUT);
		in = new BufferedInputStream(connected.getInputStream(), 8192);
		out = connected.getOutputStream();
		socket = connected;
	}

	private int receive() throws IOException {
		head.setLength(0);
		var first = readLine();
		head.append(first).append('\n');
		var status = Integer.parseInt(first.substring(9, 12));
		var length = 0;
		var isChunked = false;
		var isLast = false;
		for (var header = readLine(); !header.isEmpty(); header = readLine()) {
			head.append(header).append('\n');
			var lowerCase = header.toLowerCase(Locale.ROOT);
			if (lowerCase.startsWith("content-length:")) {
				length = Integer.parseInt(lowerCase.substring("content-length:".length()).strip());
			}
			else if (lowerCase.equals("transfer-encoding: chunked")) {
				isChunked = true;
			}
			else if (lowerCase.equals("connection: close")) {
				isLast = true;
			}
		}
		body = isChunked ? readChunks() : in.readNBytes(length);
		if (isLast) {
			close();
		}
		return status;
	}

	private byte[] readChunks() throws IOException {
		byte[] all = {};
		while (true) {
			var size = Integer.parseInt(readLine(), 16);
			var chunk = in.readNBytes(size);
			readLine();
			if (size == 0) {
				return all;
			}
			all = (all.length == 0) ? chunk : joined(all, chunk);
		}
	}

	private static byte[] joined(byte[] first, byte[] second) {
		var both = new byte[first.length + second.length];
		System.arraycopy(first, 0, both, 0, first.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private String readLine() throws IOException {
		var length = 0;
		while (true) {
			var next = in.read();
			if (next == -1) {
				throw new EOFException("The service ended the connection amid an answer");
			}
			if (next == '\n') {
				return new String(line, 0, length - 1, StandardCharsets.ISO_8859_1);
			}
			line[length++] = (byte) next;
		}
	}

	@Override
	public void close() throws IOException {
		if (socket != null) {
			socket.close();
			socket = null;
		}
	}

}
