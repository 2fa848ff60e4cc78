package io.profileworkflows.torture;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What Java cannot send to a process by itself.
 */
final class Signals {

	private Signals() {
	}

	static void send(String signal, long pid) {
		try {
			var status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
			if (status != 0) {
				throw new IllegalStateException("Signal %s did not reach process %d".formatted(signal, pid));
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

}
