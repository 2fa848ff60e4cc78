package io.profileworkflows.fuzz;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.integration.HostileDocuments;
import io.profileworkflows.security.HostileCredentials;

/**
 * What Jazzer calls in a process of its own. It feeds the part that
 * {@code -Dhostile.part} names; without it, the first byte of the input chooses.
 */
public final class HostileTarget {

	/** In an order that stays, since inputs of the short form name a part by number. */
	static final List<HostileBytes> PARTS = Stream
		.concat(HostileDocuments.all().stream(), HostileCredentials.all().stream())
		.toList();

	private static final String PART = System.getProperty("hostile.part", "");

	private HostileTarget() {
	}

	/** Loads classes, so that no input pays for it. */
	public static void fuzzerInitialize() throws IOException {
		for (var part : PARTS) {
			for (var input : part.known()) {
				part.part().accept(input);
			}
		}
	}

	public static void fuzzerTestOneInput(byte[] input) {
		if (!PART.isEmpty()) {
			named(PART).feed(input);
		}
		else if (input.length > 0) {
			PARTS.get(Byte.toUnsignedInt(input[0]) % PARTS.size()).feed(Arrays.copyOfRange(input, 1, input.length));
		}
	}

	static HostileBytes named(String name) {
		return PARTS.stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
	}

}
