package io.profileworkflows.torture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for what is stopped and started again: below those that the kernel hands out, so
 * that none is taken by an outgoing connection meanwhile.
 */
final class Ports {

	private static final int FIRST = 20_000;

	private static final int LAST = 32_000;

	private Ports() {
	}

	static int free() {
		while (true) {
			var port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
			try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException _) {
				// taken
			}
		}
	}

}
