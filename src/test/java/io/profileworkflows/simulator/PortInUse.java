package io.profileworkflows.simulator;

/**
 * Something else listens where the simulator shall.
 */
public final class PortInUse extends RuntimeException {

	PortInUse(String bindAddress, int port, Throwable cause) {
		super("Port %s on %s is in use: stop what listens there, or choose another port".formatted(port, bindAddress),
				cause);
	}

}
