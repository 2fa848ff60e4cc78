package io.profileworkflows.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.SampleRequest;

/**
 * The Salesforce sample as the bytes of a POST, for twenty domains in turn, each with a
 * FlowName and an idempotency key of its own. Not for several threads.
 */
final class Requests {

	static final int DOMAINS = 20;

	private static final int DIGITS = 12;

	private static final String PLACE = "0".repeat(DIGITS);

	private static final String FLOW = "flow-";

	private static final String KEY = "key-";

	private final List<Template> templates = IntStream.range(0, DOMAINS).mapToObj(Template::new).toList();

	static String domain(long number) {
		return "bench-%02d".formatted(number % DOMAINS);
	}

	static String flowName(long number) {
		return FLOW + "%012d".formatted(number);
	}

	static String key(long number) {
		return KEY + "%012d".formatted(number);
	}

	/** Good until the next call. */
	byte[] numbered(long number) {
		return templates.get((int) (number % DOMAINS)).numbered(number);
	}

	private static final class Template {

		private final byte[] bytes;

		private final int key;

		private final int flowName;

		Template(int domain) {
			var sample = SampleRequest.of(domain(domain), FLOW + PLACE);
			var body = sample.json();
			var request = """
					POST %s HTTP/1.1\r
					Host: localhost\r
					Content-Type: application/json\r
					Accept: application/json\r
					Idempotency-Key: %s\r
					Content-Length: %d\r
					\r
					%s""".formatted(sample.path(), KEY + PLACE, body.getBytes(StandardCharsets.UTF_8).length, body);
			// as many bytes as characters, since the sample is ASCII
			bytes = request.getBytes(StandardCharsets.US_ASCII);
			key = request.indexOf(KEY + PLACE) + KEY.length();
			flowName = request.indexOf(FLOW + PLACE) + FLOW.length();
		}

		byte[] numbered(long number) {
			var rest = number;
			for (int digit = DIGITS - 1; digit >= 0; digit--) {
				var character = (byte) ('0' + rest % 10);
				bytes[key + digit] = character;
				bytes[flowName + digit] = character;
				rest /= 10;
			}
			return bytes;
		}

	}

}
