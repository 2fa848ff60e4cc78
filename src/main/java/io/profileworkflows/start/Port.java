package io.profileworkflows.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;

/**
 * A port of the service, with the variable that chooses another.
 */
record Port(int number, @Nullable String address, String variable, String purpose) {

	/** Those with a number; 0 is any that is free. */
	static Stream<Port> all(Environment environment) {
		var settings = Binder.get(environment);
		return Stream
			.of(of(settings, "server", "SERVER_PORT", "the API"),
					of(settings, "management.server", "MANAGEMENT_SERVER_PORT", "health and metrics"))
			.flatMap(Optional::stream);
	}

	private static Optional<Port> of(Binder settings, String prefix, String variable, String purpose) {
		var number = settings.bind(prefix + ".port", Integer.class).orElse(0);
		var address = settings.bind(prefix + ".address", String.class).orElse(null);
		return (number > 0) ? Optional.of(new Port(number, address, variable, purpose)) : Optional.empty();
	}

	/** Other reasons why it cannot be opened are told by the server that opens it. */
	void requireFree() {
		try (var socket = new ServerSocket()) {
			socket.bind((address != null) ? new InetSocketAddress(address, number) : new InetSocketAddress(number));
		}
		catch (IOException failure) {
			PortInUseException.throwIfPortBindingException(failure, this::number);
		}
	}

}
