package io.profileworkflows.integration;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.profileworkflows.fuzz.HostileBytes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents that nobody would write: each is read, or refused, in bounded time.
 */
public final class HostileDocuments {

	private static final DocumentReader reader = Readers.allowingAllConnectors();

	private HostileDocuments() {
	}

	public static List<HostileBytes> all() {
		return List.of(
				new HostileBytes("json", HostileDocuments::json,
						List.of(Sample.complete().text(), "{}", "[]", "{\"a\":[{}]}"),
						List.of("{", "}", "[", "]", "\"", ":", ",", "\\u0000", "\\ud800", "1e400", "-", "null", "true",
								"\u0000", "\"DomainName\":", "\"FlowDefinition\":", "\"Tasks\":[", "\"tags\":{",
								"1.5e3", "\ud83d\ude00", "//", "/*")),
				new HostileBytes("yaml", HostileDocuments::yaml,
						List.of(new String(Sample.complete().yaml(), StandardCharsets.UTF_8), "a: b\n", "- a\n- b\n",
								"{a: [b, c]}\n"),
						List.of("- ", ": ", "\n", "  ", "#", "&a ", "*a", "!!str ", "? ", "|\n", ">\n", "---\n",
								"...\n", "%TAG ", "{", "[", "'", "\"", "\\x00", "<<: ", "0x1F", "1_000", "~", "\t",
								"\u2028", "\ud83d\ude00", "DomainName: ")));
	}

	private static void json(byte[] input) {
		read(input, DocumentFormat.JSON);
	}

	private static void yaml(byte[] input) {
		read(input, DocumentFormat.YAML);
	}

	private static void read(byte[] input, DocumentFormat format) {
		var checked = reader.readRequest(input, format, "retail");

		assertThat(checked.violations()).hasSizeLessThanOrEqualTo(1001);
	}

}
